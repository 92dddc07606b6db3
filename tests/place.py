"""Loaded before settings are read: tests have a database cluster and a data folder of their own."""

import os
import shutil
from pathlib import Path

from hue.config import database

HERE = Path(__file__).resolve().parents[1]
# Research sets beside the repository; tests that measure on them skip where they are absent.
SHARED = Path(os.environ.get("HUE_SHARED_DATA", HERE.parent / "shared" / "data"))
DATA = Path(os.environ.get("HUE_TEST_DATA", HERE / "var" / "tests"))
CLUSTER = DATA / "cluster"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

HOST = (CLUSTER / "pg.host").read_text() if WORKER else database.start(CLUSTER, fast=True)

_folder = DATA / (WORKER or "main")
if os.environ.get("HUE_TEST_PLACE") != str(_folder):  # a process that a test starts finds it made
    shutil.rmtree(_folder, ignore_errors=True)
    _folder.mkdir(parents=True)
    os.environ["HUE_TEST_PLACE"] = str(_folder)
(_folder / "pg.host").write_text(HOST)
for _name in (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "HUE_BIND",
    "HUE_SITE",
    "HUE_HOSTS",
    "HUE_DEMONSTRATION",
):
    os.environ.pop(_name, None)
os.environ["HUE_DATA"] = str(_folder)
# pytest closes the folder above its temporary ones to others at each start, also under the feet of
# another checkout's databases: each checkout has its own.
(DATA / "tmp").mkdir(exist_ok=True)
os.environ["PYTEST_DEBUG_TEMPROOT"] = str(DATA / "tmp")
