"""The public pages of this room."""

from hue.listening.sitemaps import rumours

__all__ = ["rumours"]
