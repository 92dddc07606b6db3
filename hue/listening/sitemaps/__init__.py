"""The public pages of this room."""

"""The public pages of this room."""

from hue.listening.sitemaps import rumours, watches

__all__ = ["rumours", "watches"]
