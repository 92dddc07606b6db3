"""Everything into one archive that opens without this software."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction

from hue.audit import chain, verify_alone
from hue.audit.record import EXPORTED, record
from hue.config import archive
from hue.config.archive import Progress, Say, Writer
from hue.config.export import follows, posts, tables
from hue.lib import signing
from hue.people import queries

README = """\
What {force} held on its engagement desk on {at}.

README.txt      this page
tables/         one file a table, one JSON object a line; FIELDS.md says what each field is
posts/          what stood in public, to be read in any browser: begin with index.html
media/          the pictures; tables/media_picture.jsonl says who took them in, when, and what
                they show, and names the files under "sizes"
fediverse/      our accounts there; who follows each, and whom we block, as Mastodon has it
record/         the record of who did what, and a program that checks it:
                cd record; python3 verify_alone.py record.jsonl --key signing-key.pem{head}
SHA256SUMS      what each file should be: sha256sum -c SHA256SUMS

Not in here: passwords, second factors, sessions, keys and whatever else lets somebody in; words
and pictures that were taken back; personal data under seal in the record, of which there is only
the ciphertext. A backup has these.

Rows, by table:
"""


def export(file: Path, *, at: datetime, say: Say) -> None:
    """Write `file`. One snapshot of the database: what changes meanwhile is not in it."""
    with archive.written(file) as into:
        head = _head()  # before the snapshot: the record must know all that the index knows
        record(EXPORTED, by=queries.system(), at=at, subject="record:all")
        with transaction.atomic():
            with connections["default"].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            counts = _tables(into, say)
            _posts(into, say)
            for name, lines in follows.files():
                into.lines(name, lines)
            _record(into, head, say)
            hidden = posts.hidden_files()
        _media(into, hidden, say)
        into.text("README.txt", _readme(at, counts, head))


def _tables(into: Writer, say: Say) -> dict[str, int]:
    into.text("tables/FIELDS.md", tables.described())
    counts = {}
    for label in tables.TAKEN:
        name = tables.file_of(label)
        counts[name] = into.lines(name, tables.lines(label))
        say(f"{name}: {counts[name]:,}")
    return counts


def _posts(into: Writer, say: Say) -> None:
    found = posts.months()
    into.lines("posts/index.html", posts.index(found))
    for month in found:
        into.lines(f"posts/{month:%Y-%m}.html", posts.month(month))
    say("posts/")


def _record(into: Writer, head: bytes, say: Say) -> None:
    count = into.lines("record/record.jsonl", record_lines())
    into.file("record/verify_alone.py", Path(verify_alone.__file__))
    into.text("record/signing-key.pem", signing.public_pem())
    if head:
        into.raw("record/index.json", head)
    say(f"record/: {count:,}")


def record_lines() -> Iterator[str]:
    return (json.dumps(line, ensure_ascii=False) for line in chain.lines())


def _media(into: Writer, hidden: set[str], say: Say) -> None:
    folder = Path(settings.MEDIA_ROOT)
    shown = (file for file in archive.files(folder) if file.name not in hidden)
    progress = Progress("media/", sum(file.stat().st_size for file in shown), say)
    for file in archive.files(folder):
        if file.name not in hidden:
            progress.add(into.file(f"media/{file.relative_to(folder)}", file))


def _readme(at: datetime, counts: dict[str, int], head: bytes) -> str:
    rows = "".join(f"{count:>10,}  {name}\n" for name, count in counts.items())
    also = " --head index.json" if head else ""
    return README.format(force=queries.the_force().name, at=f"{at:%d %B %Y}", head=also) + rows


def _head() -> bytes:
    """The newest public index, which knows how long the record was; nothing before the first."""
    index = Path(settings.PUBLIC_ROOT) / "index.json"
    return index.read_bytes() if index.exists() else b""
