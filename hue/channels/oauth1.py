"""Signatures of OAuth 1.0a (RFC 5849), whose keys do not end: X and Flickr take them."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote

from hue.lib import clock

KEYS = {
    "consumer_key": "API key",
    "consumer_secret": "API key secret",
    "token": "Access token",
    "token_secret": "Access token secret",
}


def signed(
    method: str, address: str, keys: Mapping[str, str], form: Mapping[str, str] | None = None
) -> str:
    """The Authorization header. Of the body only a form is part of what is signed: no JSON, and
    no file."""
    address, _, query = address.partition("?")
    told = {
        "oauth_consumer_key": keys["consumer_key"],
        "oauth_nonce": secrets.token_hex(16),
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(clock.real_now().timestamp())),
        "oauth_token": keys["token"],
        "oauth_version": "1.0",
    }
    every = [*told.items(), *(form or {}).items(), *parse_qsl(query, keep_blank_values=True)]
    pairs = sorted((_quoted(name), _quoted(value)) for name, value in every)
    listed = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join(map(_quoted, (method, address, listed))).encode()
    key = f"{_quoted(keys['consumer_secret'])}&{_quoted(keys['token_secret'])}".encode()
    digest = hmac.new(key, base, hashlib.sha1).digest()
    told["oauth_signature"] = base64.b64encode(digest).decode()
    return "OAuth " + ", ".join(f'{name}="{_quoted(value)}"' for name, value in told.items())


def _quoted(text: str) -> str:
    return quote(text, safe="-._~")
