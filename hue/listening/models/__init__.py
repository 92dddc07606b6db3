"""Watches, sources, what they brought, and what the engine has read of it."""

from hue.listening.models.bringing import Bringing
from hue.listening.models.reading import Danger, Lesson, Look, Reader
from hue.listening.models.remarks import Key, Remark, RemarkQuerySet
from hue.listening.models.sources import KINDS, PUSHED, Source, SourceQuerySet
from hue.listening.models.summaries import Summary
from hue.listening.models.watches import Watch, WatchQuerySet

__all__ = [
    "KINDS",
    "PUSHED",
    "Bringing",
    "Danger",
    "Key",
    "Lesson",
    "Look",
    "Reader",
    "Remark",
    "RemarkQuerySet",
    "Source",
    "SourceQuerySet",
    "Summary",
    "Watch",
    "WatchQuerySet",
]
