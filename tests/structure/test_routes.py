"""Every route says who may: a page that forgot to is found here, before anybody else finds it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

from hue.people.gate import PUBLIC, SIGNED_IN
from hue.people.roles import Permission

# Ninja brings it itself; there is nothing at it.
OPEN = {"api/"}


def routes() -> Iterator[tuple[str, Any]]:
    """Every address the server answers to, with its view."""
    yield from _below(get_resolver(), "")


def _below(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        else:
            yield from _below(entry, address)


def _operations(view: Any) -> list[Any]:
    """The operations of an address of the interface; none of any other view."""
    path_view = getattr(getattr(view, "__self__", None), "operations", None)
    if path_view is None:
        cells = [cell.cell_contents for cell in getattr(view, "__closure__", None) or ()]
        found = [cell for cell in cells if isinstance(cell, PathView)]
        return [one for path in found for one in path.operations]
    return list(path_view)


ROUTES = [pytest.param(address, view, id=address) for address, view in routes()]


@pytest.mark.parametrize(("address", "view"), ROUTES)
def test_a_route_says_who_may(address: str, view: Any) -> None:
    if address in OPEN:
        return
    operations = _operations(view)
    if operations:
        assert all(one.auth_callbacks for one in operations), "give the operation an `auth=`"
        return
    who = getattr(view, "who", None)
    assert who in {PUBLIC, SIGNED_IN} or (who and all(isinstance(p, Permission) for p in who)), (
        "write @may(Permission.X), @signed_in or @public over the view (hue/people/gate.py)"
    )


@pytest.mark.parametrize(("address", "view"), ROUTES)
def test_no_form_goes_without_its_token(address: str, view: Any) -> None:
    """The interface asks for a header that no foreign page can send; forms carry a token."""
    if address.startswith("my-watch/"):  # behind it stands no session, but a link that was sent
        assert getattr(view, "who", None) == PUBLIC
    elif not address.startswith("api/"):
        assert not getattr(view, "csrf_exempt", False)


def test_what_is_open_to_everybody_is_the_way_in_and_what_a_phone_installs() -> None:
    staff = {a for a, view in routes() if getattr(view, "who", None) == PUBLIC and "desk/" in a}
    assert staff == {"desk/service-worker.js", "desk/manifest.webmanifest"}
