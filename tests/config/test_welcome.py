"""What is printed when everything runs."""

from typing import Any

from hue.config import welcome
from hue.demo.signins import PASSWORD
from tests.cast import Cast


def test_the_demonstration_names_its_addresses_and_a_sign_in_for_each_role(
    cast: Cast, settings: Any
) -> None:
    settings.HUE_DEMONSTRATION = True
    shown = "\n".join(welcome.lines())
    assert f"{settings.HUE_SITE}/events/day24/poster.pdf" in shown
    assert f"{settings.HUE_SITE}/feed.rss" in shown
    assert f"{settings.HUE_SITE}/desk/" in shown
    assert PASSWORD in shown
    for role, username in (("Supervisor", "priya"), ("Communications", "sam")):
        assert any(role in line and username in line for line in shown.splitlines())
    assert "Inspector Tom" not in shown  # a second supervisor


def test_without_the_demonstration_nobody_is_named(cast: Cast, settings: Any) -> None:
    settings.HUE_DEMONSTRATION = False
    shown = "\n".join(welcome.lines())
    assert PASSWORD not in shown
    assert "priya" not in shown
