"""An authority of the bench's own: TLS as on the real web, trusted through SSL_CERT_FILE."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PEM = serialization.Encoding.PEM
AUTHORITY = "authority.pem"


def certify(folder: Path, name: str) -> tuple[str, str]:
    """A certificate for `name` and its key, as files; beside them the authority to trust."""
    ours, theirs = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    itself = x509.BasicConstraints(ca=True, path_length=None)
    known = x509.SubjectKeyIdentifier.from_public_key(ours.public_key())
    by = x509.AuthorityKeyIdentifier.from_issuer_public_key(ours.public_key())
    root = _named("Bench authority", ours).add_extension(itself, True).add_extension(known, False)
    leaf = _named(name, theirs).add_extension(by, False)
    leaf = leaf.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
    (folder / AUTHORITY).write_bytes(root.sign(ours, hashes.SHA256()).public_bytes(PEM))
    certificate, key = folder / "inboxes.pem", folder / "inboxes.key"
    certificate.write_bytes(leaf.sign(ours, hashes.SHA256()).public_bytes(PEM))
    plain = serialization.NoEncryption()
    key.write_bytes(theirs.private_bytes(PEM, serialization.PrivateFormat.PKCS8, plain))
    return str(certificate), str(key)


def _named(name: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    began = datetime.now(UTC) - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(_as_subject(name))
        .issuer_name(_as_subject("Bench authority"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=9))
    )


def _as_subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
