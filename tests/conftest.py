"""Every test works on a copy of a migrated template database, as the application's own role."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from pytest_django.plugin import blocking_manager_key

from hue.config import database
from tests.place import CLUSTER, HERE, HOST, WORKER

pytest_plugins = ["tests.cast"]


def _schema() -> str:
    """A name for the template that changes with any migration."""
    digest = hashlib.sha256()
    for file in sorted((HERE / "hue").glob("*/migrations/*.py")):
        digest.update(file.read_bytes())
    digest.update((HERE / "requirements" / "develop.txt").read_bytes())
    return f"hue_template_{digest.hexdigest()[:12]}"


# The same examples each time; what chance finds belongs to the soak.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
if os.environ.get("HUE_SOAK") != "yes":
    hypothesis.settings.load_profile("steady")


def pytest_configure() -> None:
    from django.conf import settings

    # Passwords are slow to check on purpose; here that would be minutes.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_sessionstart(session: pytest.Session) -> None:
    if not WORKER:
        with session.config.stash[blocking_manager_key].unblock():
            _template(HOST)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not WORKER:
        database.stop(CLUSTER)


def _template(host: str) -> None:
    name = _schema()
    with database.superuser(host) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'hue\\_%'")
        present = {row[0] for row in rows}
    for stale in present - {name}:
        database.drop(host, stale)
    if name in present:
        return
    database.create(host, name)
    _migrate(host, name)


def _migrate(host: str, name: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    owner = connections["owner"]
    owner.settings_dict["NAME"] = name
    try:
        call_command("migrate", database="owner", verbosity=0)
    except BaseException:
        owner.close()
        database.drop(host, name)
        raise
    owner.close()


@pytest.fixture(scope="session")
def copies() -> "Copies":
    return Copies(HOST)


class Copies:
    """Makes and drops copies of the template; a copy takes about a tenth of a second."""

    def __init__(self, host: str) -> None:
        self.host, self._count = host, 0

    def make(self) -> str:
        self._count += 1
        name = f"hue_{WORKER or 'main'}_{os.getpid()}_{self._count}"
        database.create(self.host, name, template=_schema())
        return name

    def drop(self, name: str) -> None:
        database.drop(self.host, name)


@pytest.fixture(scope="session")
def django_db_setup(copies: Copies, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Replaces pytest-django's: no CREATE by the application, no migration per run."""
    _use(copies.make())
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        _leave(copies, _name())


@pytest.fixture(scope="session", autouse=True)
def _recopied_after_commits(copies: Copies) -> Iterator[None]:
    """Tests that commit would be cleaned by TRUNCATE, which the record refuses: take a new copy."""
    from django.test import TransactionTestCase

    def renew(case: object) -> None:
        used = _name()
        # The new name first: a thread of the live server may open a pool at any moment.
        _use(copies.make())
        _leave(copies, used)

    # For the whole session: a test's own patch would be undone before its teardown.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
        yield


def _use(name: str) -> None:
    from django.conf import settings
    from django.db import connections

    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name
        settings.DATABASES[alias]["NAME"] = name


def _name() -> str:
    from django.db import connections

    return str(connections["default"].settings_dict["NAME"])


def _leave(copies: Copies, name: str) -> None:
    from django.db import connections

    connection = connections["default"]
    connection.close()
    connection.close_pool()
    connections["owner"].close()
    copies.drop(name)


@pytest.fixture(autouse=True)
def _no_connection_to_a_dropped_copy() -> None:
    """A browser's event loop has wrappers of its own: what they renewed, ours may not know of."""
    from django.db import connections

    for alias in ("default", "owner"):
        known = connections[alias]
        if known.connection and known.connection.info.dbname != known.settings_dict["NAME"]:
            known.close()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, settings: object) -> None:
    """Public files and media of one test are not those of another."""
    folder = Path(tempfile.mkdtemp(dir=tmp_path_factory.getbasetemp()))
    settings.PUBLIC_ROOT, settings.MEDIA_ROOT = folder / "public", folder / "media"  # type: ignore[attr-defined]
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
