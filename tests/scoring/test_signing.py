from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tablets import FULL, STROKES, Tablet
from world import World

from examsvc.core import audit
from examsvc.core.db import Database
from examsvc.core.web.signatures import SignatureInput

Own = tuple[Tablet, str]


def test_a_drawn_signature_makes_the_sheet_final(first_sheet: Own, database: Database) -> None:
    own, sheet_id = first_sheet
    own.mark(sheet_id, FULL)
    shown = own.sheet(sheet_id)["digest"]
    view = own.sign(sheet_id).json
    assert (view["state"], view["total"], view["digest"]) == ("SIGNED", 100_00, shown)
    assert view["signature"] == {"strokes": STROKES}
    assert view["signed_at"] is not None
    with database.reading() as db:
        entries = audit.history(db, f"score-sheet:{sheet_id}")
    assert [entry.action for entry in entries] == ["score_sheet.signed"]


def test_who_cannot_draw_types_their_name(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    own.mark(sheet_id, FULL)
    assert own.sign(sheet_id, typed_name="examiner2先生").json["code"] == "signature_name_differs"
    assert own.sign(sheet_id, typed_name=" examiner1 先生 ").json["signature"] == {"typed_name": "examiner1 先生"}


def test_an_incomplete_sheet_cannot_be_signed(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    own.mark(sheet_id, {1: 0, 2: 0})
    refused = own.sign(sheet_id, strokes=STROKES, digest="0" * 64)
    assert (refused.json["code"], refused.json["missing"]) == ("sheet_incomplete", [3, 4])


def test_what_is_signed_is_what_was_shown(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    own.mark(sheet_id, FULL)
    shown = own.sheet(sheet_id)["digest"]
    own.mark(sheet_id, {1: 20_00})
    assert own.sign(sheet_id, strokes=STROKES, digest=shown).json["code"] == "sheet_changed"


def test_a_changed_note_changes_the_digest(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    own.mark(sheet_id, FULL)
    shown = own.sheet(sheet_id)["digest"]
    own.send(sheet_id, own.event(sheet_id, 1, 40_00, note="很好"))
    assert own.sheet(sheet_id)["digest"] != shown


def test_nothing_is_marked_after_signing(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    own.finish(sheet_id)
    refused = own.send(sheet_id, own.event(sheet_id, 1, 0))
    assert refused.json["code"] == "sheet_signed"
    assert own.sheet(sheet_id)["total"] == 100_00


def test_a_batch_whose_receipt_was_lost_may_be_sent_again_after_signing(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    batch = [own.event(sheet_id, number, value) for number, value in FULL.items()]
    own.send(sheet_id, *batch)
    own.sign(sheet_id)
    assert own.send(sheet_id, *batch).json["acknowledged_seq"] == 4


def test_signing_again_keeps_the_first_signature(first_sheet: Own) -> None:
    own, sheet_id = first_sheet
    own.finish(sheet_id)
    view = own.sheet(sheet_id)
    assert own.sign(sheet_id, typed_name="examiner1先生").json == view
    assert own.sign(sheet_id, strokes=STROKES, digest="0" * 64).json["code"] == "sheet_signed"


@pytest.mark.parametrize(
    "signature",
    [
        {},
        {"strokes": []},
        {"strokes": [[]]},
        {"strokes": [[[1, 1, 0]]]},
        {"strokes": [[[1, 1], [2, 2], [3, 3]]]},
        {"strokes": [[[1, 1, 0], [2, 2, 1], [1001, 3, 2]]]},
        {"strokes": [[[1, 1, 0], [2, 2, 1], [3, 401, 2]]]},
        {"strokes": [[[1, 1, 0]] * 6001]},
        {"strokes": [[[1, 1, 0]] * 3] * 201},
        {"strokes": STROKES, "typed_name": "examiner1先生"},
        {"typed_name": ""},
        {"strokes": STROKES, "picture": "x"},
    ],
)
def test_a_signature_of_the_wrong_form_or_size_is_refused(signature: dict[str, Any]) -> None:
    assert SignatureInput().validate({**signature, "digest": "0" * 64})


BREACHES = (
    "UPDATE score_sheets SET state = 'SIGNED'",
    "UPDATE score_sheets SET digest = 'x'",
    "UPDATE score_sheets SET signed_at = created_at",
    "UPDATE score_sheets SET state = 'LOST'",
    "UPDATE results SET total = 6000",
    "UPDATE results SET state = 'READY'",
    "UPDATE results SET state = 'READY', total = 10001",
    "UPDATE component_scores SET most = 0",
)


def test_the_database_keeps_the_invariants_by_itself(examined: World, database: Database, sit: Any) -> None:
    sit(examined.enrolments[0], {})
    for breach in BREACHES:
        with pytest.raises(IntegrityError), database.transaction() as db:
            db.execute(text(breach))


def test_somebody_elses_sheet_cannot_be_signed(app: Flask, first_sheet: Own, tablet: Any) -> None:
    own, sheet_id = first_sheet
    own.mark(sheet_id, FULL)
    digest = own.sheet(sheet_id)["digest"]
    other = tablet("examiner2")
    answer = other.caller.post(f"/api/sheets/{sheet_id}/signature", {"strokes": STROKES, "digest": digest})
    assert answer.status_code == 404
