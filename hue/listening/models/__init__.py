"""Watches, sources and what they brought; the register of rumours."""

from hue.listening.models.asked import (
    Asked,
    Challenge,
)
from hue.listening.models.bringing import (
    Bringing,
)
from hue.listening.models.reading import (
    Danger,
    Lesson,
    Look,
    Reader,
)
from hue.listening.models.remarks import (
    Key,
    Remark,
    RemarkQuerySet,
)
from hue.listening.models.rumours import (
    Check,
    Rebuttal,
    Rumour,
    RumourPlace,
    RumourQuerySet,
    Seen,
    Sighting,
    Verdict,
)
from hue.listening.models.sources import (
    KINDS,
    PUSHED,
    Source,
    SourceQuerySet,
)
from hue.listening.models.summaries import (
    Summary,
)
from hue.listening.models.watches import (
    Watch,
    WatchQuerySet,
)

__all__ = [
    "KINDS",
    "PUSHED",
    "Asked",
    "Bringing",
    "Challenge",
    "Check",
    "Danger",
    "Key",
    "Lesson",
    "Look",
    "Reader",
    "Rebuttal",
    "Remark",
    "RemarkQuerySet",
    "Rumour",
    "RumourPlace",
    "RumourQuerySet",
    "Seen",
    "Sighting",
    "Source",
    "SourceQuerySet",
    "Summary",
    "Verdict",
    "Watch",
    "WatchQuerySet",
]
