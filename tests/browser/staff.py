"""Who works here, one person for each role, and which pages of the desk they find."""

import re
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import httpx
from playwright.sync_api import Page

from hue.demo.signins import PASSWORD
from hue.people.roles import ROLES
from tests.box import Box
from tests.browser.kinds import links

DOOR = "/sign-in/login/"
MOST = 150  # pages for each person
ROLE_NAMES = sorted(ROLES.keys() - {"system"})
# Downloads and what ends the session; not pages of the desk.
NOT_PAGES = re.compile(r"\.(pdf|csv|json|js|toml|webmanifest|zip)$|logout")

# Sentences in a column too narrow to read; what is hidden on purpose is one pixel wide.
SQUEEZED = """() => [...document.querySelectorAll("main *")]
  .filter((e) => e.checkVisibility({visibilityProperty: true})
    && getComputedStyle(e).writingMode === "horizontal-tb"
    && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim().length > 24)
    && e.clientWidth > 1 && e.clientWidth < 72)
  .map((e) => e.textContent.trim().slice(0, 60))"""
# By day on a phone, by night at the desk.
LIGHTS = (("light", 360), ("dark", 1280))


def sign_in(page: Page, username: str) -> None:
    page.goto(DOOR)
    page.get_by_label("Sign-in name").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/**")


class Place(NamedTuple):
    """A kind of staff page, and one address of it."""

    pattern: str
    path: str


@dataclass
class Staff:
    """Signs people in by the form, and follows the links that each of them is shown."""

    box: Box
    broken: dict[str, str] = field(default_factory=dict)

    @cached_property
    def people(self) -> dict[str, str]:
        """Role -> username."""
        rows = self.box.rows("SELECT username, roles FROM people_officer ORDER BY id")
        return {
            role: next(str(name) for name, roles in rows if role in roles)  # type: ignore[operator]
            for role in ROLE_NAMES
        }

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        """What each role is the first to see; the whole desk, shared out."""
        seen: set[str] = set()
        shared: dict[str, list[Place]] = {}
        asked: set[str] = set()
        for role in ROLE_NAMES:
            if self.people[role] in asked:  # holds two roles
                shared[role] = []
                continue
            asked.add(self.people[role])
            new = [p for p in self._found_by(self.people[role]) if p.pattern not in seen]
            seen |= {place.pattern for place in new}
            shared[role] = new
        return shared

    def session(self, username: str) -> httpx.Client:
        client = httpx.Client(base_url=self.box.site, timeout=15, follow_redirects=True)
        client.get(DOOR)
        words = {
            "login": username,
            "password": PASSWORD,
            "csrfmiddlewaretoken": client.cookies["hue_csrf"],
        }
        answer = client.post(DOOR, data=words)
        assert answer.url.path.startswith("/desk/"), (username, answer.url, answer.text[:2000])
        return client

    def _found_by(self, username: str) -> list[Place]:
        found, waiting, asked = dict[str, str](), [("/desk/", "the front")], {"/desk/"}
        with closing(self.session(username)) as client:
            while waiting and len(asked) < MOST:
                path, origin = waiting.pop(0)
                for other in self._visit(client, path, origin, username, found):
                    known = self._pattern(other) in found
                    if other not in asked and not known:
                        asked.add(other)
                        waiting.append((other, path))
        return [Place(pattern, path) for pattern, path in found.items()]

    def _visit(
        self, client: httpx.Client, path: str, origin: str, username: str, found: dict[str, str]
    ) -> list[str]:
        answer = client.get(path)
        if answer.status_code != 200:
            self.broken[path] = f"{answer.status_code} for {username}, linked from {origin}"
            return []
        here = answer.url.path
        whole = "<html" in answer.text[:2000] and here.startswith(("/desk/", "/sign-in/"))
        if whole:
            found.setdefault(self._pattern(here), here)
        return [p for p in links(answer.text, str(answer.url)) if self._of_staff(p)]

    @staticmethod
    def _of_staff(path: str) -> bool:
        return path.startswith(("/desk/", "/sign-in/")) and not NOT_PAGES.search(path)

    def _pattern(self, path: str) -> str:
        """The address with what is one of many replaced by a star."""
        names = self._names
        parts = [
            "*" if part in names or re.search(r"\d", part) else part for part in path.split("/")
        ]
        return "/".join(parts)

    @cached_property
    def _names(self) -> set[str]:
        """Words in addresses that name one of many."""
        queries = (
            "SELECT id::text FROM publishing_post",
            "SELECT username FROM people_officer",
            "SELECT slug FROM people_neighbourhood",
            "SELECT slug FROM people_team",
            "SELECT hashtag FROM events_liveevent",
        )
        return {str(row[0]) for query in queries for row in self.box.rows(query)}
