"""What changes in this room, one subject a package."""

from hue.listening.actions import rumours

__all__ = ["rumours"]
