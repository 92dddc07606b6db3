"""Alerts as files: one of CAP for each, and the feed of those in force or lately called off."""

import html
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from hue.lib import clock
from hue.pages import shell
from hue.pages.sources import File, PageSource
from hue.publishing import alerting, cap, formats
from hue.publishing.models import Alert
from hue.publishing.states import GONE

CALLED_OFF_FOR = timedelta(days=1)  # how long the feed says so


class Alerts(PageSource):
    """The key is the post's."""

    name = alerting.SOURCE
    rank = 1
    in_sitemap = False
    folders = ("alerts",)

    def keys(self) -> Iterable[str]:
        return Alert.objects.values_list("post", flat=True)

    def get(self, key: str) -> Alert | None:
        alert = Alert.objects.select_related("post__neighbourhood").filter(post=key).first()
        # What has ended by itself before its post was taken back still has the words.
        return None if alert and alert.state == "expired" and alert.post.state in GONE else alert

    def path(self, item: Alert) -> str:
        return f"alerts/{item.post_id}.xml"

    def gone(self, key: str) -> tuple[str, ...]:
        return (f"alerts/{key}.xml",)

    def files(self, item: Alert) -> Iterator[File]:
        yield File(self.path(item), cap.document(alerting.last_message(item)))


class AlertFeed(PageSource):
    name = alerting.FEED
    rank = 1
    in_sitemap = False

    def keys(self) -> list[str]:
        return [""]

    def get(self, key: str) -> str:
        return key

    def path(self, item: str) -> str:
        return "alerts.atom"

    def files(self, item: str) -> Iterator[File]:
        entries = [*map(_entry, _told())]
        updated = max((entry.updated for entry in entries), default=clock.now())
        who = str(shell.who()["name"])
        feed = formats.Feed(
            title=f"Alerts of {who}",
            says="Each entry leads to a message in CAP 1.2.",
            base="/",
            address=settings.HUE_SITE + "/",
            author=who,
            updated=updated,
            entries=entries,
        )
        yield File(self.path(item), formats.atom(feed, f"{settings.HUE_SITE}/{self.path(item)}"))


def _told() -> Iterable[Alert]:
    lately = clock.now() - CALLED_OFF_FOR
    off = Q(state="cancelled", messages__kind="Cancel", messages__sent_at__gte=lately)
    found = Alert.objects.filter(Q(state="in_force") | off).distinct()
    return found.select_related("post__neighbourhood").order_by("-pk")


def _entry(alert: Alert) -> formats.Entry:
    told = alerting.last_message(alert)
    first = alert.messages.all()[0]
    return formats.Entry(
        id=alert.post_id,
        address=f"{settings.HUE_SITE}/alerts/{alert.post_id}.xml",
        title=f"{told.event}: {told.area}",
        html=html.escape(told.headline),
        author=told.sender_name,
        published=first.sent_at,
        updated=told.sent,
        withdrawn=False,
        picture="",
    )
