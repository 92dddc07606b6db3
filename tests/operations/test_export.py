"""An export opens with nothing of ours, and holds no secret and nothing that was taken back."""

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings, settings
from django.core.management import CommandError, call_command

from hue.audit.seal import seal_committed
from hue.config.export import tables
from hue.media.models import Picture
from hue.pages.rebuild import rebuild
from hue.people.models import Officer
from hue.publishing import actions
from hue.publishing.actions.compose import Draft
from hue.publishing.models import Post
from tests.cast import NOON, SECRET, Cast

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "owner"])]


@pytest.fixture
def lived_in(transactional_db: None, cast: Cast, settings: LazySettings) -> Cast:
    Path(settings.MEDIA_ROOT).mkdir(parents=True)
    _post(cast, "Puppy <b>found</b> on the & beach.", "kept")
    redacted = _post(cast, "Mrs Fernandez helped.")
    actions.correct(
        by=cast.sergeant, at=NOON, post=redacted, seen=redacted.version,
        text="A neighbour helped.", reason="It named a witness.", redact=True,
    )  # fmt: skip
    withdrawn = _post(cast, "The suspect Ormsby-Gore was seen.", "taken back")
    actions.withdraw(by=cast.sergeant, at=NOON, post=withdrawn, reason="It named a suspect.")
    seal_committed(at=NOON)
    return cast


def _post(cast: Cast, text: str, picture: str = "") -> Post:
    pictures = []
    if picture:
        name = f"{picture.replace(' ', '-')}.webp"
        Path(settings.MEDIA_ROOT, name).write_bytes(picture.encode() * 100)
        pictures = [Picture.objects.create(
            alt=f"What was {picture}", width=60, height=40, sizes={"60": name}, digest=picture,
            by=cast.officer, at=NOON,
        )]  # fmt: skip
    draft = Draft(text, event=cast.event, pictures=pictures)
    return actions.compose(by=cast.officer, at=NOON, draft=draft)


@pytest.fixture
def opened(lived_in: Cast, tmp_path: Path) -> Path:
    """The archive, unpacked by Python's own tar."""
    rebuild(at=NOON)
    call_command("export", str(tmp_path / "desk.tar.gz"))
    with tarfile.open(tmp_path / "desk.tar.gz") as tar:
        tar.extractall(tmp_path / "opened")
    return tmp_path / "opened"


def rows(opened: Path, table: str) -> list[dict[str, object]]:
    text = (opened / "tables" / f"{table}.jsonl").read_text()
    return [json.loads(line) for line in text.splitlines()]


def test_it_opens_with_json_and_tar(opened: Path) -> None:
    posts = rows(opened, "publishing_post")
    assert len(posts) == 3
    assert "Puppy <b>found</b> on the & beach." in [post["text"] for post in posts]
    assert {row["name"] for row in rows(opened, "people_officer")} >= {"Amina", "Priya"}
    described = (opened / "tables" / "FIELDS.md").read_text()
    for file in (opened / "tables").glob("*.jsonl"):
        assert f"## tables/{file.name}" in described
        for row in rows(opened, file.stem):
            assert all(f"- {name}: " in described for name in row)
    assert "FIELDS.md" in (opened / "README.txt").read_text()
    month = (opened / "posts" / "2026-07.html").read_text()
    assert "Puppy &lt;b&gt;found&lt;/b&gt; on the &amp; beach." in month
    assert "It named a witness. The words before are sealed." in month
    assert "Withdrawn. It named a suspect." in month
    assert '<img src="../media/kept.webp" alt="What was kept">' in month
    assert (opened / "media" / "kept.webp").read_bytes() == b"kept" * 100
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=opened, check=True)


def test_the_record_is_checked_by_the_program_beside_it(opened: Path) -> None:
    record, beside = opened / "record", ["--key", "signing-key.pem", "--head", "index.json"]
    said = subprocess.run(
        [sys.executable, "-I", "verify_alone.py", "record.jsonl", *beside],
        cwd=record,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "sealed entries are as they were" in said.stdout, said.stderr
    last = (record / "record.jsonl").read_text().splitlines()[-1]
    assert json.loads(last)["kind"] == "record.exported", "who took everything out is in it"


def test_no_secret_and_nothing_that_was_taken_back_is_in_it(opened: Path) -> None:
    officer = Officer.objects.get(username="amina")
    withdrawn = Post.objects.get(state="withdrawn")
    secrets = [officer.password, SECRET, withdrawn.sealed_text, "Fernandez", "Ormsby", "PRIVATE"]
    secrets += [v.text for v in withdrawn.versions.all()] + ["taken back" * 3]
    for file in opened.rglob("*"):
        if file.is_file() and file.name != "verify_alone.py":
            content = file.read_text(errors="replace")
            assert not [secret for secret in secrets if secret and secret in content], file
    assert not list(opened.rglob("taken-back.webp"))


def test_every_table_is_taken_or_left_for_a_reason() -> None:
    ours = {m._meta.label for m in apps.get_models() if m.__module__.startswith("hue.")}
    assert set(tables.TAKEN) | set(tables.LEFT) == ours, (
        "Say in hue/config/export/tables.py whether this table goes into an export, and which of "
        "its fields are secret."
    )
    assert not set(tables.TAKEN) & set(tables.LEFT)


def test_no_export_is_written_over_another(lived_in: Cast, tmp_path: Path) -> None:
    file = tmp_path / "desk.tar.gz"
    file.write_text("another")
    with pytest.raises(CommandError, match="exists"):
        call_command("export", str(file))
    assert file.read_text() == "another"
