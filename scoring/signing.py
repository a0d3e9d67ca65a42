"""Signing: the examiner confirms the very sheet that was shown, and it is final."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import signatures, states
from examsvc.core.identity import Identity
from scoring import sheets, signals
from scoring.errors import SheetChanged, SheetIncomplete, SheetSigned
from scoring.models import ScoreSheet
from scoring.states import SheetState


def sign_sheet(
    db: Session, sheet_id: UUID, signature: dict[str, Any], digest: str, *, by: Identity, now: datetime
) -> ScoreSheet:
    """Sign the caller's sheet and return it; the same signature again changes nothing.

    `signature` is {"strokes"} as drawn, or {"typed_name"} of somebody who types instead (WCAG 2.2, 2.5.7).
    `digest` is what the page showed. Raises NotFound, SheetSigned, SheetIncomplete, SheetChanged, SignatureNameDiffers.
    """
    sheet = sheets.own_sheet(db, sheet_id, by=by, lock=True)
    if sheet.state == SheetState.SIGNED:
        return _signed_already(sheet, digest)
    reading = sheets.read(db, sheet)
    if reading.score is None:
        raise SheetIncomplete(missing=list(reading.unmarked))
    if reading.digest != digest:
        raise SheetChanged
    signatures.check_name(signature, by.name)
    sheet.signature, sheet.digest, sheet.signed_at = signature, digest, now
    sheet.total, sheet.vetoed = reading.score.total, reading.score.vetoed
    states.move(db, sheet, SheetState.SIGNED, by=by, now=now, digest=digest)
    signals.sheet_signed.send(sheet, db=db, now=now)
    return sheet


def _signed_already(sheet: ScoreSheet, digest: str) -> ScoreSheet:
    if sheet.digest != digest:
        raise SheetSigned
    return sheet
