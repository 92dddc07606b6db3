"""The page of a live event: before, during, after; and its hours."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format

from hue.events.models import LiveEvent
from hue.lib import clock
from hue.pages import shell
from hue.pages.sources import File, PageSource
from hue.people.models import Neighbourhood
from hue.publishing import feeds, queries
from hue.publishing.announce import hour_key
from hue.publishing.models import Post, PostQuerySet
from hue.publishing.sitemaps import figures, fronts, lines


class EventPages(PageSource):
    name = "publishing.event"
    rank = 2
    folders = ("events", "oembed/events")

    def keys(self) -> Iterable[str]:
        # Planned in practice or cancelled ones have a page too: an address once given stays.
        return LiveEvent.objects.values_list("hashtag", flat=True).iterator()

    def get(self, key: str) -> LiveEvent | None:
        return LiveEvent.objects.select_related("owner__team").filter(hashtag=key).first()

    def path(self, item: LiveEvent) -> str:
        return f"events/{item.hashtag}.html"

    def files(self, item: LiveEvent) -> Iterator[File]:
        rows = newest(threads(item))
        html_, scope = lines.by_hour(rows), feeds.of_event(item)
        told = {**context(item), **figures_of(item, rows), "lines_html": html_}
        main = render_to_string("publishing/event.html", told)
        yield shell.file(
            self.path(item),
            title=f"#{item.hashtag}",
            main=main,
            description=item.purpose,
            head=fronts.head(scope),
        )
        figures_html = render_to_string("publishing/figures.html", told)
        yield File(f"events/{item.hashtag}/figures.html", figures_html.encode())
        alone = [html for _, html in rows]
        live = item.state == "live"
        yield from fronts.beside(scope, alone, lines_html=html_, live=live)


class HourPages(PageSource):
    """One page an hour: the day to read afterwards."""

    name = "publishing.hour"
    rank = 4  # a part of the day that readers turn back to: what is newest stands elsewhere

    def keys(self) -> Iterator[str]:
        for event in LiveEvent.objects.iterator():
            for hour in queries.event_hours(event):
                yield f"{event.hashtag}/{hour_key(hour.at)}"

    def get(self, key: str) -> tuple[LiveEvent, datetime] | None:
        tag, _, hour = key.partition("/")
        event = LiveEvent.objects.filter(hashtag=tag).first()
        start = timezone.make_aware(datetime.strptime(hour, "%Y-%m-%d-%H"))  # noqa: DTZ007  made aware here
        if event is None or not _within(threads(event), start).exists():
            return None
        return event, start

    def gone(self, key: str) -> tuple[str, ...]:
        return (f"events/{key}.html",)

    def path(self, item: tuple[LiveEvent, datetime]) -> str:
        event, start = item
        return f"events/{event.hashtag}/{hour_key(start)}.html"

    def files(self, item: tuple[LiveEvent, datetime]) -> Iterator[File]:
        event, start = item
        all_of_them = threads(event)
        rows = told(_within(all_of_them, start))
        older = all_of_them.filter(published_at__lt=start.astimezone(UTC)).first()
        newer = all_of_them.filter(published_at__gte=_end(start)).last()
        until = clock.hour_and_minute(_end(start))
        heading = f"#{event.hashtag}, {date_format(start, 'l j F, H:i')} to {until}"
        main = render_to_string(
            "publishing/archive.html",
            {
                "heading": heading,
                "lead": event.name,
                "lines_html": lines.by_hour(rows),
                "older": _hour_link(event, older, "The hour before"),
                "newer": _hour_link(event, newer, "The hour after"),
                "shelves": [figures.hours_shelf(event, queries.event_hours(event), start)],
            },
        )
        yield shell.file(
            self.path(item), title=heading, main=main, head=fronts.head(feeds.of_event(event))
        )


def threads(event: LiveEvent) -> PostQuerySet:
    """Newest first."""
    return Post.objects.filter(event=event, thread=None).public().newest_first()


def newest(posts: PostQuerySet) -> list[tuple[datetime, str]]:
    return list(told(posts)[: lines.ON_A_PAGE])


def told(posts: PostQuerySet) -> Any:
    """When and what, as a page shows it."""
    return posts.values_list("published_at", "html")


def context(event: LiveEvent) -> dict[str, Any]:
    at = clock.now()
    whole = event.ends_at - event.starts_at
    gone = min(max(at - event.starts_at, timedelta()), whole)
    scope = feeds.of_event(event)
    return {
        "event": {
            **fronts.addresses(scope),
            "name": event.name,
            "hashtag": event.hashtag,
            "state": event.state,
            "starts_at": event.starts_at,
            "ends_at": event.ends_at,
            "progress_percent": round(100 * gone / whole),
            "elapsed_text": f"{clock.in_words(gone)} of {clock.in_words(whole)}",
            "purpose": event.purpose,
            "afterwards": event.afterwards,
            "owner": event.owner.publicly,
            "poster_url": f"{scope.base}poster.pdf",
        },
        "page_updated": at,
        "assets": {
            "live": static("hue/live.js"),
            "filter": static("hue/filter.js"),
        },
    }


def figures_of(event: LiveEvent, rows: list[tuple[datetime, str]]) -> dict[str, Any]:
    hours = queries.event_hours(event)
    totals = queries.event_totals(event)
    links = [{"url": figures.hour_url(event, h.at), "label": figures.label(h.at)} for h in hours]
    return {
        "totals": totals,
        "chart": figures.chart(event, hours),
        "kinds": figures.kinds(event),
        "summary_html": figures.summary(event, hours, totals),
        "hours": links,
        "neighbourhoods": [
            {"name": n.name, "slug": n.slug, "url": f"/neighbourhoods/{n.slug}/"}
            for n in Neighbourhood.objects.filter(unit=event.unit_id)
        ],
        "older": {"url": figures.hour_url(event, rows[-1][0]), "label": "Earlier, hour by hour"}
        if len(rows) == lines.ON_A_PAGE
        else None,
    }


def _end(start: datetime) -> datetime:
    """When the clocks show the next hour: two hours later when they go back."""
    last = start.replace(fold=1).astimezone(UTC)
    return last + timedelta(hours=1)


def _within(posts: PostQuerySet, start: datetime) -> PostQuerySet:
    return posts.filter(published_at__gte=start.astimezone(UTC), published_at__lt=_end(start))


def _hour_link(event: LiveEvent, post: Post | None, label: str) -> dict[str, str] | None:
    if post is None or post.published_at is None:
        return None
    return {"url": figures.hour_url(event, post.published_at), "label": label}
