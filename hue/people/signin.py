"""How allauth is told what a force wants: nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.shortcuts import render

from hue.lib import clock, sealing
from hue.people import access, actions
from hue.people.access import Refused
from hue.people.models import Officer
from hue.people.queries import the_force

LOOPBACK = {"127.0.0.1", "::1", "localhost", "[::1]"}
_HOW = "account_authentication_methods"  # where allauth keeps how somebody signed in
_ASKS_FOR_A_CODE = "allauth.mfa.stages.AuthenticateStage"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        stages: list[str] = super().get_login_stages()
        if _the_directory_asked_twice(self.request.session):
            stages.remove(_ASKS_FOR_A_CODE)
        return stages


def address_of(request: HttpRequest) -> str:
    """Whose request it is, past the web servers in front of us: guesses are counted by it."""
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return str(request.META.get("REMOTE_ADDR", ""))
    address: str = AccountAdapter(request).get_client_ip(request)
    return address


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps are sealed: a copy of the database alone opens nothing."""

    def encrypt(self, text: str) -> str:
        return sealing.seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.open_text(encrypted_text)

    def get_totp_issuer(self) -> str:
        return the_force().short_name

    def get_totp_label(self, user: Officer) -> str:
        return user.username


class DirectoryAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The force's own directory says who somebody is; what they may do is said here."""

    # allauth asks the directory through `requests`, not lib/fetch: it posts and hands over tokens,
    # where fetch only reads, and a directory mostly stands inside the force's own network, where
    # fetch goes to nobody. The operator names the address, never a visitor.

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        try:
            known = self._known(sociallogin.account.extra_data)
            actions.link_directory(by=known, at=clock.now(), account=sociallogin.account)
        except Refused as refusal:
            page = render(request, "people/unknown.html", {"reason": str(refusal)}, status=403)
            raise ImmediateHttpResponse(page) from refusal
        sociallogin.user = known

    def _known(self, told: dict[str, Any]) -> Officer:
        """Claims stand under "userinfo" or "id_token", as the directory sent them."""
        claims = {**told, **told.get("id_token", {}), **told.get("userinfo", {})}
        name = str(claims.get(settings.HUE_OIDC_CLAIM, ""))
        known = Officer.objects.serving().filter(username__iexact=name).first() if name else None
        if known is None:
            raise Refused(
                "The directory says who you are, but nobody with that sign-in name works at this "
                "desk. Ask an administrator to add you, then sign in again."
            )
        return known


def lacks_second_factor(officer: Officer, session: SessionBase) -> bool:
    """Their roles need one, and neither we nor the directory asked for it in this session."""
    if settings.HUE_DEMONSTRATION or not access.needs_second_factor(officer):
        return False
    return not _the_directory_asked_twice(session)


def _the_directory_asked_twice(session: SessionBase) -> bool:
    """Signed in through the directory, which asks for a second factor itself."""
    ways = session.get(_HOW, [])
    return settings.HUE_OIDC_SECOND_FACTOR and any(
        way.get("method") == "socialaccount" for way in ways
    )


def demonstration_here(request: HttpRequest) -> bool:
    """Sign-ins without a password: in a demonstration, from and on this very machine."""
    host = request.get_host().rsplit(":", 1)[0] if request.get_host()[-1] != "]" else "[::1]"
    return (
        settings.HUE_DEMONSTRATION
        and host in LOOPBACK
        and request.META.get("REMOTE_ADDR") in LOOPBACK
        and "HTTP_X_FORWARDED_FOR" not in request.META
        and the_force().demonstration
    )
