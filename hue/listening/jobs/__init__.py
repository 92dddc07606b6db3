"""What runs later in this room, one subject a file."""

from hue.listening.jobs import watches

__all__ = ["watches"]
