"""RSA keys of our accounts: what the fediverse signs with."""

from functools import lru_cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from hue.lib import sealing

BITS = 2048


def new_pair() -> tuple[str, str]:
    """The private key sealed, the public one open; both PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return sealing.seal_text(private.decode()), public.decode()


@lru_cache(maxsize=500)
def opened(sealed: str) -> rsa.RSAPrivateKey:
    """The key object: to load one takes a hundred times as long as to sign with it."""
    # It is our own key, checked when it was made.
    key = serialization.load_pem_private_key(
        sealing.open_text(sealed).encode(), None, unsafe_skip_rsa_key_validation=True
    )
    assert isinstance(key, rsa.RSAPrivateKey)
    return key
