"""Registered versions of a bank as seen from outside."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant
from questionbank.kinds import Difficulty, ItemType
from questionbank.schemas.words import Word


class RegistrationInput(Base):
    filing_id = fields.UUID(required=True)


class RegisteredBank(Base):
    """`digest` is the SHA-256 of the manifest's canonical JSON (RFC 8785)."""

    bank_version_id = fields.UUID(required=True, attribute="id")
    bank_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    digest = fields.String(required=True)
    item_count = fields.Integer(required=True)
    case_id = fields.UUID(required=True, allow_none=True)
    filing_id = fields.UUID(required=True, allow_none=True)
    filing_number = fields.String(required=True, attribute="filing.number", dump_default=None, allow_none=True)
    registered_at = Instant(required=True)


class RegisteredBankList(Base):
    items = fields.List(fields.Nested(RegisteredBank), required=True)


class FittingFiling(Base):
    """A filing of the bank's organisation and specification."""

    filing_id = fields.UUID(required=True, attribute="id")
    number = fields.String(required=True)
    valid_from_on = fields.Date(required=True)
    valid_to_on = fields.Date(required=True)


class FittingFilingList(Base):
    items = fields.List(fields.Nested(FittingFiling), required=True)


class ItemChange(Base):
    """An item by code with the number of its version before and after."""

    code = fields.String(required=True)
    before = fields.Integer(required=True, allow_none=True)
    after = fields.Integer(required=True, allow_none=True)


class BankChanges(Base):
    added = fields.List(fields.Nested(ItemChange), required=True)
    removed = fields.List(fields.Nested(ItemChange), required=True)
    changed = fields.List(fields.Nested(ItemChange), required=True)


class ManifestItem(Base):
    code = fields.String(required=True)
    number = fields.Integer(required=True)
    version_id = fields.String(required=True)
    digest = fields.String(required=True)


class Manifest(Base):
    bank = fields.String(required=True)
    specification = fields.String(required=True)
    number = fields.Integer(required=True)
    items = fields.List(fields.Nested(ManifestItem), required=True)


class ManifestView(Base):
    manifest = fields.Nested(Manifest, required=True)
    digest = fields.String(required=True)


class BankVerification(Base):
    """`altered` names the items by code that no longer say what was registered."""

    digest = fields.String(required=True)
    computed = fields.String(required=True)
    holds = fields.Boolean(required=True)
    altered = fields.List(fields.String(), required=True)


class RegisteredCell(Base):
    type = Word(ItemType, required=True)
    difficulty = Word(Difficulty, required=True)
    count = fields.Integer(required=True)


class RegisteredPoint(Base):
    number = fields.Integer(required=True)
    text = fields.String(required=True)
    items = fields.Integer(required=True)
    cells = fields.List(fields.Nested(RegisteredCell), required=True)


class RegisteredTask(Base):
    number = fields.Integer(required=True)
    name = fields.String(required=True)
    items = fields.Integer(required=True)
    knowledge_points = fields.List(fields.Nested(RegisteredPoint), required=True)


class Stratum(Base):
    work_task = fields.Integer(required=True)
    type = Word(ItemType, required=True)


class BlueprintYield(Base):
    """`papers` can be drawn at once that share no question, at most unless `is_exact`; `scarcest` decides that."""

    blueprint_id = fields.UUID(required=True)
    name = fields.String(required=True)
    papers = fields.Integer(required=True)
    is_exact = fields.Boolean(required=True)
    scarcest = fields.Nested(Stratum, required=True, allow_none=True)


class RegisteredCoverage(Base):
    """What of the registered version is still released."""

    registered = fields.Nested(RegisteredBank, required=True)
    work_tasks = fields.List(fields.Nested(RegisteredTask), required=True)
    blueprints = fields.List(fields.Nested(BlueprintYield), required=True)
