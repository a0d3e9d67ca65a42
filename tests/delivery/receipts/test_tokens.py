"""A receipt proves itself to anybody who has the public key, and nothing else passes for one."""

import base64
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examsvc.core import sealing
from examsvc.delivery.errors import ReceiptBroken, ReceiptKeyUnknown, ReceiptUnreadable
from examsvc.delivery.receipts import signed, tokens
from examsvc.delivery.receipts.tokens import Kind, Receipt

SITTING = UUID("0192f0c1-2b3c-7d4e-8f50-111213141516")
AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
GIVEN = Receipt(Kind.RESPONSES, SITTING, 1, 12, "ab" * 32, 9, AT)
FINAL = Receipt(Kind.HAND_IN, SITTING, 2, 40, "cd" * 32, 38, AT, finished_at=AT, responses_digest="ef" * 32)
OTHERS = {"R2", "0" * 16, "", "A", "===", "é", "e30", "W10", "bnVsbA"}


@pytest.fixture(autouse=True)
def _master_key() -> None:
    sealing.use_master_key(b"k" * 32)


@pytest.mark.parametrize("receipt", [GIVEN, FINAL])
def test_a_receipt_says_what_was_signed(receipt: Receipt) -> None:
    assert signed.verified(signed.issued(receipt)) == receipt


def test_the_payload_is_canonical_and_holds_what_the_contract_says() -> None:
    prefix, key_id, payload, _ = signed.issued(FINAL).split(".")
    told = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert (prefix, key_id) == ("R1", signed.own_key_id())
    assert told == {
        "v": 1,
        "kind": "hand_in",
        "sitting_id": str(SITTING),
        "epoch": 2,
        "seq": 40,
        "chain_head": "cd" * 32,
        "answered_count": 38,
        "at": "2026-11-23T01:30:00.000000Z",
        "finished_at": "2026-11-23T01:30:00.000000Z",
        "responses_digest": "ef" * 32,
    }
    assert list(told) == sorted(told)


def test_the_same_receipt_is_always_the_same_text() -> None:
    assert signed.issued(GIVEN) == signed.issued(GIVEN)


@pytest.mark.parametrize("part", range(4))
def test_no_part_of_a_receipt_can_be_exchanged(part: int) -> None:
    parts = signed.issued(GIVEN).split(".")
    others = {signed.issued(FINAL).split(".")[part], *OTHERS} - {parts[part]}
    for other in others:
        altered = ".".join([*parts[:part], other, *parts[part + 1 :]])
        with pytest.raises((ReceiptUnreadable, ReceiptKeyUnknown, ReceiptBroken)):
            signed.verified(altered)


@given(st.data())
def test_no_character_of_a_receipt_can_be_changed(data: st.DataObject) -> None:
    token = signed.issued(GIVEN)
    place = data.draw(st.integers(0, len(token) - 1))
    character = data.draw(st.characters(codec="utf-8").filter(lambda one: one != token[place]))
    altered = token[:place] + character + token[place + 1 :]
    if altered.strip() != token:
        with pytest.raises((ReceiptUnreadable, ReceiptKeyUnknown, ReceiptBroken)):
            signed.verified(altered)


@pytest.mark.parametrize(
    "text", ["", ".", "R1...", "R1.a.b", "R1.a.b.c.d", "R1." + "a" * 3000 + ".b.c", "\x00", "回执"]
)
def test_what_is_no_receipt_is_called_unreadable(text: str) -> None:
    with pytest.raises(ReceiptUnreadable):
        signed.verified(text)


def test_a_receipt_of_another_service_is_told_from_an_altered_one() -> None:
    token = signed.issued(GIVEN)
    sealing.use_master_key(b"o" * 32)
    with pytest.raises(ReceiptKeyUnknown) as refused:
        signed.verified(token)
    assert refused.value.extra == {"key_id": token.split(".")[1]}


def test_a_former_key_verifies_as_long_as_it_is_trusted() -> None:
    token, former = signed.issued(GIVEN), signed.public_keys()
    sealing.use_master_key(b"o" * 32)
    assert tokens.verify(token, {**signed.public_keys(), **former}) == GIVEN


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"more": 1},
        {"kind": "rumour"},
        {"sitting_id": "me"},
        {"seq": None},
        {"at": "noon"},
        {"at": 5},
        {"epoch": 1.5},
    ],
)
def test_a_signed_text_that_we_would_not_write_is_unreadable(changes: dict[str, Any]) -> None:
    told = {**json.loads(GIVEN.payload()), **changes}
    payload = json.dumps(told, separators=(",", ":"), sort_keys=True).encode()
    with pytest.raises(ReceiptUnreadable):
        Receipt.of(payload)
