"""Texts to measure listening by: research sets beside the project, never shown, never kept here."""

import csv
import gzip
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

SHARED = Path(os.environ.get("HUE_SHARED_DATA", settings.BASE.parent / "shared" / "data"))
csv.field_size_limit(sys.maxsize)


def is_here(*folders: str) -> bool:
    return all((SHARED / folder).is_dir() for folder in folders)


def rows(name: str, delimiter: str = ",") -> Iterator[dict[str, str]]:
    file = SHARED / name
    with gzip.open(file, "rt") if file.suffix == ".gz" else file.open() as lines:
        yield from csv.DictReader(lines, delimiter=delimiter)


def claims() -> tuple[dict[str, tuple[str, str]], dict[str, list[tuple[str, str]]]]:
    """CLEF 2020: each claim with its title, and for each part the pairs (tweet, its claim)."""
    docs = {
        row[""]: (row["vclaim"], row["title"])
        for row in rows("clef2020_claims/verified_claims.docs.tsv.gz", "\t")
    }
    pairs = {}
    for part in ("train", "dev"):
        tweets = {
            row[""]: row["tweet_content"]
            for row in rows(f"clef2020_claims/{part}_tweets.queries.tsv", "\t")
        }
        lines = (SHARED / f"clef2020_claims/{part}_tweet-vclaim-pairs.qrels").read_text()
        split = [line.split() for line in lines.splitlines()]
        pairs[part] = [(tweets[tweet], claim) for tweet, _, claim, _ in split]
    return docs, pairs


def same_claim(part: str) -> list[tuple[str, str]]:
    """(text, claim): a claim, its title and its tweets are one group. Groups are halved."""
    docs, pairs = claims()
    groups: dict[str, list[str]] = defaultdict(list)
    for claim, texts in docs.items():
        groups[claim] += texts
    for tweet, claim in pairs["train"] + pairs["dev"]:
        groups[claim].append(tweet)
    names = sorted(groups)
    random.Random(11).shuffle(names)
    half = len(names) // 2
    chosen = names[:half] if part == "tuning" else names[half:]
    mixed = [(text, name) for name in chosen for text in groups[name]]
    random.Random(5).shuffle(mixed)
    return mixed


def unrest() -> list[tuple[float, str, str]]:
    """PHEME, Ferguson and Ottawa: when, who, what."""
    return [
        (datetime.fromisoformat(row["created_at"]).timestamp(), row["user"], row["text"])
        for name in ("ferguson", "ottawashooting")
        for row in rows(f"pheme_rnr_stream/{name}.csv.gz")
    ]


def noise() -> list[str]:
    """What else people wrote about in those years."""
    texts = [row["text"] for row in rows("crisislex/crisislexT6.csv.gz")]
    texts += [row["TweetText"] for row in rows("sanders2011/full-corpus.csv.gz")]
    return [text for text in texts if text]  # a row there is broken in two
