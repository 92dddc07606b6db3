"""The public pages of this room."""

from hue.listening.sitemaps import watches

__all__ = ["watches"]
