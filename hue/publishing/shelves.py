"""The archive's shelves. A thread gets its number once, counted from the oldest, so that pages
which are full never change and a new thread touches one page of each shelf."""

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format

from hue.incidents.kinds import KINDS
from hue.publishing.models import Post, Shelf, Shelved

A_PAGE = 30  # threads
A_CHUNK = 250  # threads in one file of the search index

_PUT = """
WITH shelf AS (
  INSERT INTO publishing_shelf (row, slug, label, count) VALUES {}
  ON CONFLICT (row, slug) DO UPDATE SET count = publishing_shelf.count + 1
  RETURNING id, count)
INSERT INTO publishing_shelved (shelf_id, post_id, number) SELECT id, %s, count FROM shelf
"""
_FROM_ALL = """
FROM publishing_post post
LEFT JOIN people_neighbourhood place ON place.id = post.neighbourhood_id
LEFT JOIN incidents_incident incident ON incident.id = post.incident_id
CROSS JOIN LATERAL (VALUES
  ('month', to_char(post.published_at AT TIME ZONE %(zone)s, 'YYYY-MM')),
  ('place', place.slug),
  ('kind', replace(coalesce(incident.kind, post.kind), '_', '-'))) AS at (row, slug)
WHERE post.thread_id IS NULL AND NOT post.practice AND at.slug IS NOT NULL
  AND post.state IN ('published', 'withdrawn', 'hidden')
"""
_ALL_SHELVES = f"""
INSERT INTO publishing_shelf (row, slug, label, count)
SELECT at.row, at.slug, '', count(*) {_FROM_ALL} GROUP BY 1, 2
"""
_ALL_SHELVED = f"""
INSERT INTO publishing_shelved (shelf_id, post_id, number)
SELECT shelf.id, one.id, one.number FROM (
  SELECT at.row, at.slug, post.id, row_number() OVER (
    PARTITION BY at.row, at.slug ORDER BY post.published_at, post.id) AS number {_FROM_ALL}) one
JOIN publishing_shelf shelf USING (row, slug)
"""  # noqa: S608


def put(root: Post) -> None:
    """On its shelves, behind everything that stands there; once, when it becomes public."""
    places = sorted(_shelves_of(root))
    values = [value for place in places for value in (*place, 1)]
    with connection.cursor() as cursor:
        rows = ", ".join(["(%s, %s, %s, %s)"] * len(places))
        cursor.execute(_PUT.format(rows), [*values, root.pk])


def pages_of(root: Post) -> list[tuple[str, str]]:
    """The pages of the archive and the chunk of the index on which it stands."""
    pages = [("publishing.shelves", "")]
    for placed in Shelved.objects.filter(post=root).select_related("shelf"):
        row, slug = placed.shelf.row, placed.shelf.slug
        page = page_of(placed.number)
        pages.append(("publishing.archive", f"{row}/{slug}/{page}"))
        if page > 1 and placed.number % A_PAGE == 1:  # the page before it gets its "newer" link
            pages.append(("publishing.archive", f"{row}/{slug}/{page - 1}"))
        if row == "month":
            pages.append(("publishing.chunk", f"{slug}/{chunk_of(placed.number)}"))
    return pages


def page_of(number: int) -> int:
    return (number - 1) // A_PAGE + 1


def chunk_of(number: int) -> int:
    return (number - 1) // A_CHUNK + 1


def put_all() -> None:
    """Every public thread anew: for rows that came in by another way than `announce`."""
    zone = {"zone": settings.TIME_ZONE}
    Shelf.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_ALL_SHELVES, zone)
        cursor.execute(_ALL_SHELVED, zone)
    _label_all()


def _label_all() -> None:
    shelves = list(Shelf.objects.all())
    for shelf in shelves:
        root = Post.objects.to_read().filter(shelved__shelf=shelf)[0]
        shelf.label = {row: label for row, _, label in _shelves_of(root)}[shelf.row]
    Shelf.objects.bulk_update(shelves, ["label"])


def _shelves_of(root: Post) -> list[tuple[str, str, str]]:
    assert root.published_at is not None
    day = timezone.localtime(root.published_at)
    kind = root.incident.kind if root.incident else root.kind
    label = KINDS.get(kind) or dict(Post.KINDS)[kind].capitalize()
    shelves = [
        ("month", f"{day:%Y-%m}", date_format(day, "F Y")),
        ("kind", kind.replace("_", "-"), label),
    ]
    if root.neighbourhood:
        shelves.append(("place", root.neighbourhood.slug, root.neighbourhood.name))
    return shelves
