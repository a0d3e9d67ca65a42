"""What the office sends and sees of enrolments; identity numbers always masked."""

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Text
from examsvc.delivery import identity_numbers
from examsvc.delivery.conditions import MOST_CONDITIONS
from examsvc.delivery.identity_documents import DocumentType
from examsvc.delivery.judging import ERROR, NOTICE, OK, WARNING
from examsvc.delivery.photo_archives import PhotoFound
from examsvc.delivery.photo_checks import PhotoFault
from examsvc.delivery.reading_rows import MOST_EXTRA_MINUTES
from examsvc.delivery.schemas.parts import SeatRoom
from examsvc.delivery.states import FinishReason, SittingState, TextSize

_CONDITION = validate.Range(min=1, max=MOST_CONDITIONS)


class EnrolmentInput(Base):
    name = Text(most=80, required=True)
    identity_number = Text(most=30, required=True, load_only=True)
    document_type = fields.Enum(DocumentType, load_default=DocumentType.ID_CARD)
    extra_minutes = fields.Integer(strict=True, load_default=0, validate=validate.Range(min=0, max=MOST_EXTRA_MINUTES))
    condition_number = fields.Integer(strict=True, load_default=None, allow_none=True, validate=_CONDITION)


class EnrolmentView(Base):
    """`form_number` counts the forms of the paper's draw from 1; None, like the paper, before one is given.

    `condition_number`: of the condition of application that the candidate states to meet.
    """

    enrolment_id = fields.UUID(required=True, attribute="id")
    sitting_id = fields.UUID(required=True, attribute="sitting.id")
    name = fields.String(required=True, attribute="candidate.name")
    identity_masked = fields.Method("_masked", required=True)
    document_type = fields.String(required=True, attribute="candidate.document_type")
    has_photo = fields.Function(lambda enrolment: enrolment.candidate.photo_digest is not None, required=True)
    ticket_number = fields.String(required=True)
    seat_number = fields.Integer(required=True)
    seat_label = fields.String(required=True)
    room = fields.Nested(SeatRoom, required=True, allow_none=True)
    condition_number = fields.Integer(required=True, allow_none=True)
    accommodation_seconds = fields.Integer(required=True, attribute="sitting.accommodation_seconds")
    break_allowance_seconds = fields.Integer(required=True, attribute="sitting.break_allowance_seconds")
    text_size = fields.Enum(TextSize, required=True, allow_none=True, attribute="sitting.text_size")
    high_contrast = fields.Boolean(required=True, attribute="sitting.high_contrast")
    separate_room = fields.Boolean(required=True, attribute="sitting.separate_room")
    screen_reader = fields.Boolean(required=True, attribute="sitting.screen_reader")
    state = fields.Enum(SittingState, required=True, attribute="sitting.state")
    finish_reason = fields.Enum(FinishReason, required=True, allow_none=True, attribute="sitting.finish_reason")
    paper_id = fields.UUID(required=True, allow_none=True, attribute="sitting.paper_id")
    form_number = fields.Integer(required=True, allow_none=True, attribute="sitting.form_number")

    def _masked(self, enrolment: Any) -> str:
        return identity_numbers.masked(identity_numbers.unseal(enrolment.candidate.identity_sealed))


class ConditionStatement(Base):
    """The number of the condition of application that an enrolled candidate states to meet."""

    condition_number = fields.Integer(required=True, strict=True, validate=_CONDITION)


class AbsenceUndoingInput(Base):
    """The reason goes on record."""

    reason = Text(most=400, required=True)


class WithdrawalInput(Base):
    """The reason goes on record; out of a draft it may be left out."""

    reason = Text(most=400, least=0, load_default="")


class NameCorrection(Base):
    """How the candidate is really called; the reason goes on record."""

    name = Text(most=80, required=True)
    reason = Text(most=400, required=True)


class PhotoReceipt(Base):
    """`faults`: what a person should look at; the photo is taken all the same."""

    enrolment = fields.Nested(EnrolmentView, required=True)
    faults = fields.List(fields.Enum(PhotoFault), required=True)


class EnrolmentList(Base):
    items = fields.List(fields.Nested(EnrolmentView), required=True)


class PhotoUpload(Base):
    photo = Upload(required=True)


class WorkbookUpload(Base):
    """`photos` is a .zip of pictures named by the numbers in the workbook."""

    workbook = Upload(required=True)
    photos = Upload()


class ImportQuery(Base):
    dry_run = fields.Boolean(load_default=False)


class ImportRow(Base):
    """`extra` holds what the words of the code name, as a refusal's own fields do."""

    row = fields.Integer(required=True)
    name = fields.String(required=True)
    identity_masked = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf((OK, NOTICE, WARNING, ERROR)))
    code = fields.String(required=True, allow_none=True)
    detail = fields.String(required=True)
    extra = fields.Dict(keys=fields.String(), required=True)
    photo = fields.Enum(PhotoFound, required=True, allow_none=True)
    photo_faults = fields.List(fields.Enum(PhotoFault), required=True)


class ImportReport(Base):
    """With errors nobody is enrolled; a dry run enrols nobody either.

    `unmatched`: masked names of pictures that belong to no row, at most 100 of them; `photos`: how many were given;
    `stated`: how many who were enrolled already now state a condition of application.
    """

    rows = fields.List(fields.Nested(ImportRow), required=True)
    errors = fields.Integer(required=True)
    enrolled = fields.Integer(required=True)
    unmatched = fields.List(fields.String(), required=True)
    photos = fields.Integer(required=True)
    stated = fields.Integer(required=True)
