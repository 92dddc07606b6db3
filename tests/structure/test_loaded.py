"""What is large and seldom needed is loaded by what needs it, not by every server and worker."""

import os
import subprocess
import sys

LARGE = ("shapely", "numpy", "pyproj", "pyvips", "typst", "vl_convert", "aiohttp")
STARTED = """
import sys
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
print(*sorted(sys.modules))
"""


def test_a_process_begins_without_what_draws_maps_and_pictures() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTED],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "hue.config.settings"},
    )
    assert "hue.fediverse.models" in done.stdout.split()
    assert not set(LARGE) & set(done.stdout.split())
