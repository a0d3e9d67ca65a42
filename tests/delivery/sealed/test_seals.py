"""How papers are sealed: what changes a key, and what a seal does not forgive."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from examsvc.core import canonical
from examsvc.core.sealing import Sealer
from examsvc.delivery import arranging
from examsvc.delivery.sealed import seals

FRONTEND = Path(__file__).parents[3] / "examsvc/frontend"
SITTING, OTHER, PAPER = UUID(int=1), UUID(int=2), UUID(int=3)
NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
DIGEST = seals.paper_digest(PAPER, "a" * 64)
KEY, TEXT = b"k" * 32, '{"title":"试卷"}'.encode()
BOUND_TO = seals.paper_bound_to(SITTING, DIGEST)
SEALED = seals.sealed(KEY, TEXT, BOUND_TO)


def key(context: bytes) -> bytes:
    return Sealer(b"m" * 32).key_for("papers", context)


def test_the_key_opens_what_was_sealed_with_it() -> None:
    assert seals.unsealed(KEY, SEALED, BOUND_TO) == TEXT
    assert TEXT not in SEALED


def test_the_same_paper_is_sealed_to_the_same_bytes_in_every_process() -> None:
    assert seals.sealed(KEY, TEXT, BOUND_TO) == SEALED


def test_two_texts_under_one_key_never_share_a_nonce() -> None:
    nonces = {seals.sealed(KEY, f"{n}".encode(), BOUND_TO)[: seals.NONCE_BYTES] for n in range(1_000)}
    assert len(nonces) == 1_000


@given(place=st.integers(0, len(SEALED) - 1), flipped=st.integers(1, 255))
def test_a_changed_byte_anywhere_is_refused(place: int, flipped: int) -> None:
    tampered = bytearray(SEALED)
    tampered[place] ^= flipped
    with pytest.raises(InvalidTag):
        seals.unsealed(KEY, bytes(tampered), BOUND_TO)


@pytest.mark.parametrize("length", [0, 11, 12, 27, len(SEALED) - 1])
def test_a_shortened_paper_is_refused(length: int) -> None:
    with pytest.raises((InvalidTag, ValueError)):
        seals.unsealed(KEY, SEALED[:length], BOUND_TO)


@pytest.mark.parametrize(
    "bound_to", [b"", seals.paper_bound_to(OTHER, DIGEST), seals.paper_bound_to(SITTING, "b" * 64)]
)
def test_a_paper_is_bound_to_its_sitting_and_its_digest(bound_to: bytes) -> None:
    with pytest.raises(InvalidTag):
        seals.unsealed(KEY, SEALED, bound_to)


def test_sitting_paper_order_and_start_each_change_the_key_and_the_name_of_the_seal() -> None:
    contexts = [
        seals.paper_context(SITTING, DIGEST, NINE),
        seals.paper_context(OTHER, DIGEST, NINE),
        seals.paper_context(SITTING, seals.paper_digest(OTHER, "a" * 64), NINE),
        seals.paper_context(SITTING, seals.paper_digest(PAPER, "b" * 64), NINE),
        seals.paper_context(SITTING, DIGEST, NINE + timedelta(microseconds=1)),
        seals.media_context(SITTING, NINE),
    ]
    assert len({key(context) for context in contexts}) == len(contexts)
    assert len({seals.seal_of(context) for context in contexts}) == len(contexts)


def test_a_moved_start_leaves_the_old_key_useless() -> None:
    before, after = (key(seals.paper_context(SITTING, DIGEST, at)) for at in (NINE, NINE + timedelta(hours=1)))
    with pytest.raises(InvalidTag):
        seals.unsealed(before, seals.sealed(after, TEXT, BOUND_TO), BOUND_TO)


def test_keys_follow_from_the_master_key_and_are_kept_nowhere() -> None:
    sealer = Sealer(b"m" * 32)
    context = seals.paper_context(SITTING, DIGEST, NINE)
    assert sealer.key_for("papers", context) == sealer.key_for("papers", context)
    assert sealer.key_for("papers", context) != sealer.key_for("media", context)
    assert sealer.key_for("papers", context) != Sealer(b"n" * 32).key_for("papers", context)
    assert sealer.key_for("papers", context) not in vars(sealer)["_derived"].values()


def test_the_name_of_a_sealed_file_tells_its_digest_to_nobody_without_the_key() -> None:
    name = seals.medium_name(KEY, "d" * 64)
    assert len(name) == 64
    assert name != seals.medium_name(b"l" * 32, "d" * 64)


texts = st.text(max_size=8)
places = st.lists(
    st.fixed_dictionaries({"ref": texts}, optional={"options": st.lists(texts), "gaps": st.lists(st.lists(texts))})
)


@given(places)
def test_the_quick_digest_of_an_order_is_the_canonical_one(order: arranging.Places) -> None:
    assert arranging.digest(order) == canonical.digest(order)


def test_what_the_browser_s_tests_open_is_what_is_sealed_here() -> None:
    """The constants stand in the browser's `sealed/testing.ts` too."""
    sitting_id, name = UUID("0190b2c3-0000-7000-8000-000000000001"), seals.medium_name(bytes(range(32, 64)), "cd" * 32)
    text = '{"title":"试卷","total_points":100,"sections":[]}'.encode()
    paper = seals.sealed(bytes(range(32)), text, seals.paper_bound_to(sitting_id, "ab" * 32))
    medium = seals.sealed(bytes(range(32, 64)), b"\x89PNG picture", seals.medium_bound_to(name))
    shared = (FRONTEND / "src/candidate/sealed/testing.ts").read_text(encoding="utf-8")
    for constant in (name, base64.b64encode(paper).decode(), base64.b64encode(medium).decode()):
        assert f'"{constant}"' in shared
