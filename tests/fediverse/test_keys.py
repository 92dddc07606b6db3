"""Which keys of others are taken."""

import pytest


def test_keys_that_are_too_weak_or_too_slow_are_not_taken() -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    from hue.fediverse.claims import NotSigned, loaded

    made = (
        rsa.generate_private_key(public_exponent=65537, key_size=1024),
        ec.generate_private_key(ec.SECP256R1()),
    )
    for key in made:
        kind = serialization.PublicFormat.SubjectPublicKeyInfo
        pem = key.public_key().public_bytes(serialization.Encoding.PEM, kind).decode()
        with pytest.raises(NotSigned, match="must be RSA"):
            loaded(pem)
    with pytest.raises(NotSigned, match="cannot be read"):
        loaded("nonsense")
