"""The signed index: when the pages were last good, the record's head, a digest of every page.

`index.json` names 256 shards with their digests; `index/3f.json` holds the pages whose path's own
digest begins with 3f. Anyone can check it with the key at /signing-key.pem: see `verifies`.
"""

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from hue.lib import signing
from hue.pages import files, ledger
from hue.pages.models import Build

Shard = dict[str, str]  # path -> SHA-256 of the page
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def no_record() -> tuple[int, str]:
    return 0, ""


# Number and digest of the record's last seal: set at start by a room that knows the record.
head: Callable[[], tuple[int, str]] = no_record


def rewrite(*, at: datetime, whole: bool = False) -> Build:
    """Bring the index up to date with what was written; `whole`: nothing else exists any more."""
    changed: dict[str, Shard] = defaultdict(dict)
    for path, digest in ledger.take():
        changed[_shard_of(path)][path] = digest
    shards = {} if whole else _shards()
    counts = {} if whole else _counts()
    for name, pages in changed.items():
        shard = merged({} if whole else _read_shard(name), pages)
        content = canonical(shard)
        files.write(f"index/{name}.json", content)
        shards[name], counts[name] = hashlib.sha256(content).hexdigest(), len(shard)
    if whole:
        _remove_others(set(shards))
    os.sync()  # the one sync: what is signed below is on the disk
    build = _sign(shards, counts, at)
    ledger.done()
    return build


def merged(known: Shard, pages: Mapping[str, str]) -> Shard:
    both = {**known, **pages}
    return {path: digest for path, digest in both.items() if digest != ledger.REMOVED}


def verifies(index: bytes, *, pem: str) -> bool:
    """Whether `index.json` was signed with that key."""
    signed = json.loads(index)
    return signing.verifies(canonical(signed["index"]), signed["signature"], pem=pem)


def canonical(value: Any) -> bytes:
    return _encode(value).encode()


def fingerprint() -> str:
    return _fingerprint(settings.HUE_SIGNING_KEY)


@lru_cache(maxsize=2)
def _fingerprint(key: Path) -> str:
    return signing.fingerprint(signing.public_pem())


def _sign(shards: dict[str, str], counts: dict[str, int], at: datetime) -> Build:
    number, digest = head()
    pages = sum(counts.values())
    index = {
        "site": settings.HUE_SITE,
        "at": at.isoformat(),
        "pages": pages,
        "record": {"number": number, "digest": digest},
        "key": fingerprint(),
        "shards": shards,
        "counts": counts,
    }
    signed = {"index": index, "signature": signing.sign(canonical(index))}
    files.write("index.json", json.dumps(signed, sort_keys=True, ensure_ascii=False).encode())
    return Build.objects.create(at=at, pages=pages, record_number=number, record_digest=digest)


def _shard_of(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:2]


def _last() -> dict[str, Any]:
    file = Path(settings.PUBLIC_ROOT, "index.json")
    index: dict[str, Any] = json.loads(file.read_bytes())["index"] if file.exists() else {}
    return index


def _shards() -> dict[str, str]:
    return dict(_last().get("shards", {}))


def _counts() -> dict[str, int]:
    return dict(_last().get("counts", {}))


def _read_shard(name: str) -> Shard:
    file = Path(settings.PUBLIC_ROOT, "index", f"{name}.json")
    return json.loads(file.read_bytes()) if file.exists() else {}


def _remove_others(names: set[str]) -> None:
    for file in Path(settings.PUBLIC_ROOT, "index").glob("*.json"):
        if file.stem not in names:
            files.remove(f"index/{file.name}")
