"""Names for public things: short, sayable, not to be guessed or counted."""

import secrets

# Crockford's base 32: no i, l, o, u.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 10


def new_id() -> str:
    """Ten characters, 50 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
