"""Every setting that an operator can make, each with a sentence; nonsense is refused at start."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Setting:
    name: str
    says: str
    default: str


DECLARED: dict[str, Setting] = {}


def declare(name: str, default: str, says: str) -> str:
    """The value of the environment variable `name`, or of the file that `name`_FILE points to."""
    DECLARED[name] = Setting(name, says, default)
    file = os.environ.get(f"{name}_FILE")
    if file is None:
        return os.environ.get(name, default)
    try:
        return Path(file).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}_FILE points to {file}, which cannot be read."
        ) from error


def switch(name: str, default: bool, says: str) -> bool:
    value = declare(name, "yes" if default else "no", says).lower()
    if value not in {"yes", "no"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be yes or no.")
    return value == "yes"


def number(name: str, default: int, says: str) -> int:
    value = declare(name, str(default), says)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be a whole number.")
    return int(value)


def database(name: str, url: str, fallback: dict[str, str]) -> dict[str, object]:
    """Django's entry for a `postgresql://` address, or for the embedded server if there is none."""
    if not url:
        return {"ENGINE": "django.db.backends.postgresql", **fallback}
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"{name} must look like postgresql://user:password@host:5432/database, or "
            "postgresql://user@/database?host=/folder/of/its/socket."
        )
    socket = parse_qs(parts.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


def kept_secret(file: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    """A secret that is made once and then read; readable by its owner alone."""
    if file.exists():
        return file.read_text().strip()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    value = make()
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(value)
    except FileExistsError:  # another process of ours was first
        return file.read_text().strip()
    return value
