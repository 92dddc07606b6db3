"""What runs later in this room, one subject a file."""

"""What runs later in this room, one subject a file."""

from hue.listening.jobs import rumours, watches

__all__ = ["rumours", "watches"]
