"""The key pair of an exam session for its rescue files: P-256, derived from the master key, never stored."""

import base64
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from examsvc.core import sealing
from examsvc.delivery.rescue.errors import RescueBroken

CURVE: Final = ec.SECP256R1()  # what every browser's WebCrypto has
INFO: Final = b"examsvc-rescue 1"
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def public_key(exam_session_id: UUID) -> bytes:
    """Return the public key as an uncompressed point of 65 bytes."""
    return _public(_scalar(exam_session_id))


def public_text(exam_session_id: UUID) -> str:
    """Return the public key in base64url without padding."""
    return base64.urlsafe_b64encode(public_key(exam_session_id)).decode().rstrip("=")


def decrypt(exam_session_id: UUID, ephemeral: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Return what was encrypted to the session's key by ECDH, HKDF-SHA256 and AES-256-GCM; raises RescueBroken."""
    private = ec.derive_private_key(_scalar(exam_session_id), CURVE)
    try:
        shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, ephemeral))
        key = HKDF(algorithm=SHA256(), length=32, salt=ephemeral, info=INFO).derive(shared)
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except (InvalidTag, ValueError) as error:  # ValueError: no point of the curve, a nonce of no length
        raise RescueBroken from error


def _scalar(exam_session_id: UUID) -> int:
    halves = (sealing.sealer().key(f"delivery.rescue.{exam_session_id}.{half}") for half in (1, 2))
    return int.from_bytes(b"".join(halves)) % (_ORDER - 1) + 1  # of 512 bits: no value is likelier than another


@lru_cache(maxsize=256)
def _public(scalar: int) -> bytes:
    point = ec.derive_private_key(scalar, CURVE).public_key()
    return point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
