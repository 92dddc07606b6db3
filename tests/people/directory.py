"""A force's own directory, and the desk that lets people in through it, each as a process."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from hue.config import serve
from tests.box import free_port
from tests.place import HERE
from tests.processes import own_environment, running, start, wait_for


class Directory:
    """An OpenID provider; it registers who may ask it, and checks secret and way back."""

    def __init__(self, address: str, process: "subprocess.Popen[bytes]") -> None:
        self.address, self._process = address, process

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def knows(self, sub: str, **claims: str) -> None:
        httpx.put(f"{self.address}/users/{sub}", json=claims).raise_for_status()

    def registers(self, site: str) -> dict[str, str]:
        """The settings of the desk at `site`, as its operator would write them down."""
        wanted = {
            "redirect_uris": [f"{site}/sign-in/oidc/directory/login/callback/"],
            "token_endpoint_auth_method": "client_secret_post",
        }
        given = httpx.post(f"{self.address}/oauth2/clients", json=wanted).raise_for_status().json()
        return {
            "HUE_OIDC_SERVER": self.address,
            "HUE_OIDC_CLIENT": given["client_id"],
            "HUE_OIDC_SECRET": given["client_secret"],
            "HUE_OIDC_NAME": "Test Police",
        }


class Visitor:
    """Somebody with a browser that keeps cookies and follows wherever it is sent."""

    def __init__(self, site: str) -> None:
        self.site = site
        at_once = httpx.Limits(max_keepalive_connections=0)  # nothing stays open after an answer
        self.browser = httpx.Client(follow_redirects=True, timeout=20, limits=at_once)

    def presses_the_button(self) -> httpx.Response:
        page = self.browser.get(f"{self.site}/sign-in/login/")
        found = re.search(r'action="(/sign-in/oidc/[^"]+)"', page.text)
        assert found, "the sign-in has no button of the directory"
        return self.sends(page, found[1])

    def sends(self, page: httpx.Response, action: str, **fields: str) -> httpx.Response:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token
        return self.browser.post(
            self.site + action, data={"csrfmiddlewaretoken": token[1], **fields}
        )

    def signs_in(self, sub: str) -> httpx.Response:
        asked = self.presses_the_button()
        assert asked.url.path == "/oauth2/authorize", asked.text
        return self.browser.post(asked.url, data={"sub": sub})

    def comes_back(self, asked: httpx.Response, **said: str) -> httpx.Response:
        """With what a directory may have said; `asked` is its own page."""
        address = f"{self.site}/sign-in/oidc/directory/login/callback/"
        return self.browser.get(address, params={"state": asked.url.params["state"], **said})

    @property
    def is_inside(self) -> bool:
        return self.browser.get(f"{self.site}/desk/me/").url.path == "/desk/me/"


@contextmanager
def directory() -> Iterator[Directory]:
    where = serve.Address("127.0.0.1", free_port())
    call = ("oidc_provider_mock", "--require-registration", "--port", str(where.port))
    with running(*call) as process:
        wait_for(lambda: serve.answers(where))
        yield Directory(f"http://{where}", process)


@contextmanager
def desk(of: Directory, **also: str) -> Iterator[str]:
    """`hue serve` with the settings that the directory's people gave; its address."""
    where = serve.Address("127.0.0.1", free_port())
    site = f"http://{where}"
    given: dict[str, Any] = {"HUE_BIND": str(where), "HUE_SITE": site, **of.registers(site), **also}
    process = start("hue", "serve", **given)
    try:
        wait_for(lambda: serve.answers(where))
        yield site
    finally:
        process.terminate()  # killed, granian would leave its worker behind
        sys.stdout.buffer.write(process.communicate(timeout=30)[0])


def collect_assets() -> None:
    """Pages of a real server name their style sheets by what is in them."""
    call = [sys.executable, "-m", "hue", "manage", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(call, cwd=HERE, env=own_environment(), check=True)
