"""The services under deploy/ at work: their own command lines, settings, rights and sandboxes."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from django.conf import settings as ours
from django.db import connection

from hue.config import environment, serve
from hue.lib import clock
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from tests.cast import Cast
from tests.nginx import DEPLOY, nchan, needs_nchan, port
from tests.place import DATA, HERE, HOST
from tests.processes import wait_for
from tests.streams.test_relay import Reader
from tests.streams.test_streams import listens
from tests.systemd import Service, can_sandbox, sandbox, section, started
from tests.systemd import environment as read_environment

pytestmark = [pytest.mark.slow]
UNITS = sorted(DEPLOY.glob("*.service"))
# What hue-proxy.conf adds.
PROXIED = {"Host": "live.police.example", "X-Forwarded-Proto": "https"}
NO_SANDBOX = "Only root, and not in every container, may take the disk away from a process."
needs_sandbox = pytest.mark.skipif(not can_sandbox(), reason=NO_SANDBOX)
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="Only root gives folders to others.")
needs_tmpfiles = pytest.mark.skipif(
    not shutil.which("systemd-tmpfiles"), reason="systemd-tmpfiles is not installed."
)


@dataclass
class Place:
    """A machine's folders, ports and database, in the names of deploy/ and in the test's."""

    folder: Path
    port: int
    also: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def ours(self, file: Path) -> str:
        text = file.read_text()
        for theirs, own in {
            **self.also,
            "/opt/hue": str(HERE),
            "/var/lib/hue": str(self.data),
            "/etc/hue": str(self.folder),
            "User=hue": f"User={getpass.getuser()}",
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
            "@/hue?host=/var/run/postgresql": f"@/{connection.settings_dict['NAME']}?host={HOST}",
        }.items():
            text = text.replace(theirs, own)
        return text

    def hue(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """One command, with the settings of the services and nothing else."""
        return subprocess.run(
            [str(HERE / ".venv/bin/hue"), *words],
            cwd=HERE,
            env={
                "PATH": os.environ["PATH"],
                **read_environment((self.folder / "hue.env").read_text()),
            },
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def place(transactional_db: None) -> Iterator[Place]:
    """Not pytest's own folder: nobody but its owner may look into that, and nginx must."""
    with tempfile.TemporaryDirectory(dir=DATA, prefix="units-") as folder:
        Path(folder).chmod(0o755)
        here = Place(Path(folder), port(9200))
        here.data.mkdir(mode=0o2750)
        shutil.copytree(ours.HUE_DATA / "keys", here.data / "keys")
        yield here


@pytest.fixture
def installed(place: Place) -> Place:
    """The settings written down, and the style sheets in their place, as the how-to does it."""
    (place.folder / "hue.env").write_text(place.ours(DEPLOY / "hue.env"))
    done = place.hue("manage", "collectstatic", "--no-input", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    return place


def run(unit: str, place: Place) -> "Iterator[Service]":
    return started(place.ours(DEPLOY / unit), place.data, sandboxed=can_sandbox())


def test_the_server_answers_and_ends_in_time_with_a_stream_open(
    cast: Cast, installed: Place
) -> None:
    (installed.data / "public/index.html").write_text("home")
    with run("hue-serve.service", installed) as service:
        where = serve.Address("127.0.0.1", installed.port)
        wait_for(lambda: serve.answers(where), seconds=60)
        nginx = httpx.Client(base_url=f"http://127.0.0.1:{installed.port}", headers=PROXIED)
        with nginx:
            assert nginx.get("/").text == "home"
            page = nginx.get("/sign-in/login/")
            assert "Sign in" in page.text
            assert "Secure" in page.headers["Set-Cookie"]
            assert (
                nginx.get("/sign-in/login/", headers={"Host": "other.example"}).status_code == 400
            )
            wait_for(lambda: list((installed.data / "log/asked").glob("*.log")))
            with nginx.stream("GET", "/stream/force") as stream:
                assert stream.status_code == 200
                service.stop()


def test_the_worker_writes_pages_that_only_the_web_server_reads_too(
    cast: Cast, installed: Place
) -> None:
    with run("hue-work@.service", installed) as service:
        post = actions.compose(by=cast.officer, at=clock.now(), draft=Draft("Puppy found."))
        page = installed.data / "public" / "posts" / f"{post.pk}.html"
        wait_for(page.exists, seconds=60)
        assert "Puppy found." in page.read_text()
        assert page.stat().st_mode & 0o777 == 0o640
        service.stop()


@needs_nchan
def test_the_relay_passes_on_and_remembers_how_far_it_came(
    cast: Cast, place: Place, tmp_path: Path
) -> None:
    with nchan(tmp_path) as address:
        place.also = {"# HUE_NCHAN=http://127.0.0.1:8081": f"HUE_NCHAN={address}"}
        (place.folder / "hue.env").write_text(place.ours(DEPLOY / "hue.env"))
        with run("hue-relay.service", place) as service:
            wait_for(listens)
            reader = Reader(address)
            actions.compose(by=cast.officer, at=clock.now(), draft=Draft("Puppy found."))
            reader.hears("Puppy found.")
            wait_for((place.data / "relay.last").exists)
            service.stop()


@needs_sandbox
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_service_writes_nowhere_but_where_its_unit_says(unit: Path, place: Place) -> None:
    keys = section(place.ours(unit), "Service")

    def writes(folder: Path) -> bool:
        """For others to see: in a /tmp of its own it may, and nobody finds it there."""
        call = [*sandbox(keys, place.data), "touch", str(folder / "written")]
        subprocess.run(call, capture_output=True, check=False)
        return (folder / "written").exists()

    assert writes(place.data)
    assert not writes(HERE)
    assert not writes(place.folder)
    assert not writes(Path("/etc"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_folder_of_the_product_may_be_written_by_its_services(
    unit: Path, place: Place
) -> None:
    (place.folder / "hue.env").write_text(place.ours(DEPLOY / "hue.env"))
    asks = "from django.conf import settings as s; print(s.HUE_DATA, s.PUBLIC_ROOT, s.MEDIA_ROOT, s.STATIC_ROOT, s.HUE_SIGNING_KEY)"
    folders = place.hue("manage", "shell", "--no-imports", "-c", asks).stdout.split()
    may = section(place.ours(unit), "Service")["ReadWritePaths"].split()
    assert len(folders) == 5
    assert all(any(Path(one).is_relative_to(other) for other in may) for one in folders)


def test_the_units_differ_in_nothing_but_name_and_command() -> None:
    def common(unit: Path) -> dict[str, str]:
        keys = section(unit.read_text(), "Service")
        return {key: value for key, value in keys.items() if key != "ExecStart"}

    first = common(UNITS[0])
    assert all(common(unit) == first for unit in UNITS)
    # A worker ends with code 0 when PostgreSQL stops; it has ten seconds for the job in hand.
    assert first["Restart"] == "always"
    patience = ours.PROCRASTINATE_WORKER_DEFAULTS["shutdown_graceful_timeout"]
    assert patience < int(first["TimeoutStopSec"])


def test_each_setting_of_the_file_is_one_that_the_product_reads() -> None:
    text = (DEPLOY / "hue.env").read_text()
    proposed = text.replace("# HUE_", "HUE_")
    names = read_environment(proposed)
    assert "HUE_NCHAN" in names
    known = {name for setting in environment.DECLARED for name in (setting, f"{setting}_FILE")}
    assert set(names) <= known
    described = (HERE / "docs/reference/settings.md").read_text()
    assert all(f"`{name}`" in described for name in names)


def test_systemd_and_a_shell_read_the_same_settings(tmp_path: Path) -> None:
    shell = subprocess.run(
        ["env", "-i", "sh", "-c", f"set -a; . {DEPLOY}/hue.env; env"],
        capture_output=True,
        text=True,
        check=True,
    )
    read = dict(line.split("=", 1) for line in shell.stdout.splitlines())
    for name, value in read_environment((DEPLOY / "hue.env").read_text()).items():
        assert read[name] == value


def test_the_doctor_says_what_is_missing_under_these_settings(place: Place) -> None:
    file = place.folder / "hue.env"
    file.write_text(place.ours(DEPLOY / "hue.env").replace(HOST, "/nowhere"))
    away = place.hue("doctor")
    assert away.returncode == 1
    assert "The database does not answer" in away.stdout
    file.write_text(place.ours(DEPLOY / "hue.env"))
    there = place.hue("doctor")
    assert there.returncode == 1
    assert "No worker runs" in there.stdout
    assert (
        f"There is no public page under {place.data}/public: run `hue build-pages`" in there.stdout
    )
    for said in (away, there):
        assert not said.stderr, said.stderr
        wrong = [line for line in said.stdout.splitlines() if line.startswith("- ")]
        assert all(line.rstrip().endswith((".", "?")) for line in wrong), wrong


@needs_root
@needs_tmpfiles
@pytest.mark.skipif(
    not all(folder.stat().st_mode & 0o001 for folder in (DATA, *DATA.parents)),
    reason="This checkout lies in a folder that is closed to nginx.",
)
def test_the_folders_let_nginx_read_what_is_public_and_nothing_else(place: Place) -> None:
    shutil.rmtree(place.data)
    file = place.folder / "hue-tmpfiles.conf"
    file.write_text(place.ours(DEPLOY / "hue-tmpfiles.conf").replace(" hue ", " nobody "))
    subprocess.run(["systemd-tmpfiles", "--create", str(file)], check=True)
    page, secret = "public/posts/a.html", "keys/secret_key"
    as_hue = _as("nobody", place, umask=int(section(UNITS[0].read_text(), "Service")["UMask"], 8))
    assert as_hue(f"mkdir -p public/posts && echo words > {page}")
    assert as_hue(f"mkdir -m 700 keys && echo words > {secret}")
    as_nginx = _as("www-data", place, umask=0o022)
    assert as_nginx(f"cat {page}")
    assert not as_nginx(f"cat {secret}")
    assert not as_nginx(f"echo other >> {page}")
    assert not as_nginx("touch public/other.html")
    assert as_nginx("echo 200 / >> log/asked/site.log")
    assert as_hue("mv log/asked/site.log log/asked/site.counting && cat log/asked/site.counting")
    assert not _as("daemon", place, umask=0o022)(f"cat {page}")


def _as(user: str, place: Place, *, umask: int) -> Callable[[str], bool]:
    def does(words: str) -> bool:
        done = subprocess.run(
            ["sh", "-c", f"cd {place.data} && {words}"],
            user=user,
            group=user if user != "nobody" else "nogroup",
            extra_groups=[],
            umask=umask,
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    return does


@needs_root
@pytest.mark.skipif(not shutil.which("systemd-sysusers"), reason="systemd is not installed.")
def test_the_user_of_the_units_is_the_one_that_is_made(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    subprocess.run(
        ["systemd-sysusers", f"--root={tmp_path}", str(DEPLOY / "hue-sysusers.conf")],
        check=True,
        capture_output=True,
    )
    made = (tmp_path / "etc/passwd").read_text().splitlines()
    (user,) = (line.split(":") for line in made if line.startswith("hue:"))
    assert user[5] == "/var/lib/hue"
    assert user[6].endswith("nologin")
    assert {section(unit.read_text(), "Service")["User"] for unit in UNITS} == {"hue"}
