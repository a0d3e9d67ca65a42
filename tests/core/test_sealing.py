import pytest
from hypothesis import given
from hypothesis import strategies as st

from examsvc.core.sealing import SealBroken, Sealer

SEALER = Sealer(bytes(32))


@given(st.text())
def test_what_is_sealed_can_be_unsealed(text: str) -> None:
    assert SEALER.unseal("purpose", SEALER.seal("purpose", text)) == text


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    assert SEALER.seal("purpose", "310101") != SEALER.seal("purpose", "310101")


@pytest.mark.parametrize("position", [0, 12, -1])
def test_altered_bytes_are_refused(position: int) -> None:
    sealed = bytearray(SEALER.seal("purpose", "310101"))
    sealed[position] ^= 1
    with pytest.raises(SealBroken):
        SEALER.unseal("purpose", bytes(sealed))


def test_another_purpose_or_another_key_unseals_nothing() -> None:
    sealed = SEALER.seal("purpose", "310101")
    with pytest.raises(SealBroken):
        SEALER.unseal("another", sealed)
    with pytest.raises(SealBroken):
        Sealer(bytes([1]) * 32).unseal("purpose", sealed)


def test_equal_texts_share_a_blind_index_that_does_not_show_them() -> None:
    index = SEALER.blind_index("purpose", "310101")
    assert index == SEALER.blind_index("purpose", "310101")
    assert index != SEALER.blind_index("another", "310101")
    assert "310101" not in index


def test_a_short_master_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(b"short")
