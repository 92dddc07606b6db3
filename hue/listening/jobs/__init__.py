"""What runs later in this room, one subject a file."""

from hue.listening.jobs import rumours

__all__ = ["rumours"]
