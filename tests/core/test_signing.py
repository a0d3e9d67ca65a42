import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from examsvc.core import sealing, signing

KEY, OTHER = b"k" * 32, b"o" * 32


@pytest.fixture(autouse=True)
def _master_key() -> None:
    sealing.use_master_key(KEY)


def test_a_signature_holds_for_the_message_and_no_other() -> None:
    signature, public = signing.sign("receipts", b"stored"), signing.public_key("receipts")
    assert signing.verify(public, b"stored", signature)
    assert not signing.verify(public, b"lost", signature)
    assert not signing.verify(public, b"stored", signature[:-1])
    assert not signing.verify(public, b"stored", bytes(64))
    assert not signing.verify(b"short", b"stored", signature)


def test_every_label_and_every_master_key_has_a_pair_of_its_own() -> None:
    own, other = signing.public_key("receipts"), signing.public_key("reports")
    sealing.use_master_key(OTHER)
    assert len({own, other, signing.public_key("receipts")}) == 3


def test_after_a_restart_the_same_message_gets_the_same_signature() -> None:
    before = signing.sign("receipts", b"stored")
    sealing.use_master_key(KEY)
    assert signing.sign("receipts", b"stored") == before


def test_a_signing_key_is_not_the_sealing_key_of_its_label() -> None:
    sealing_key = Ed25519PrivateKey.from_private_bytes(sealing.sealer().key("receipts"))
    assert sealing_key.public_key().public_bytes_raw() != signing.public_key("receipts")


def test_the_id_of_a_key_is_the_beginning_of_its_digest() -> None:
    assert signing.key_id(bytes(32)) == "66687aadf862bd77"
