"""Somebody holds a link against what we say of ourselves."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.box import Box

pytestmark = pytest.mark.slow
ACCOUNTS = [
    {"network": "X", "handle": "@testpolice", "url": "https://x.com/testpolice", "closed": None},
    {
        "network": "Facebook",
        "handle": "Test",
        "url": "https://www.facebook.com/test",
        "closed": "2026-02-03T10:00:00+00:00",
    },
    {
        "network": "Fediverse",
        "handle": "@south@police.example",
        "url": "https://police.example/actors/south/",
        "closed": "2026-02-03T10:00:00+00:00",
        "moved_to": "https://social.example/@south",
    },
    {
        "network": "Fediverse",
        "handle": "@police@police.example",
        "url": "https://police.example/actors/police/",
        "closed": None,
    },
]


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("https://x.com/TestPolice/status/17", "Yes: X @testpolice is our account."),
        ("x.com/testpolice", "Yes: X @testpolice is our account."),
        ("https://x.com/testpolice2/status/17", "No: that is none of our accounts."),
        ("https://x.com.evil.example/testpolice", "No: that is none of our accounts."),
        ("https://facebook.com/test/posts/1", "Not any more: Facebook Test was ours until 3 Feb"),
        ("@Police@police.example", "Yes: Fediverse @police@police.example is our account."),
        ("@police@police.evil.example", "No: that is none of our accounts."),
        (
            "@south@police.example",
            "until 3 February 2026. It moved to https://social.example/@south.",
        ),
        ("https://police.example/actors/south", "Not any more: Fediverse @south@police.example"),
        ("not a link at all", "That is no link"),
    ],
)
def test_a_link_is_ours_or_not(reader: Page, link: str, says: str) -> None:
    told: dict[str, Any] = {"signed": json.dumps({"accounts": ACCOUNTS}), "signature": ""}
    reader.route("**/channels.json", lambda route: route.fulfill(json=told))
    reader.goto("/is-this-us/")
    reader.get_by_label("A link that somebody sent you, or a name").fill(link)
    reader.get_by_role("button", name="Is this you?").click()
    reader.locator("#ours-said", has_text=says).wait_for(timeout=5000)


def test_the_list_is_there_from_the_first_day(box: Box) -> None:
    assert Path(box.data, "public/channels.json").exists()
