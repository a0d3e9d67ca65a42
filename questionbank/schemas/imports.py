"""Imports as seen from outside."""

import json
from typing import Any

from flask_smorest.fields import Upload
from marshmallow import ValidationError, fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from questionbank.importing.kinds import ImportState
from questionbank.interchange.model import Format
from questionbank.schemas.words import Word

MOST_COLUMNS = 60


class ImportFile(Base):
    file = Upload(required=True)


def _columns(**options: Any) -> fields.Dict:
    """Return the field of a mapping: header → field, as `questionbank.interchange.sheets` names its fields."""
    return fields.Dict(
        keys=fields.String(validate=validate.Length(1, 200)),
        values=fields.String(validate=validate.Length(0, 40)),
        validate=validate.Length(1, MOST_COLUMNS),
        **options,
    )


class _ColumnsText(fields.String):
    """A mapping as JSON in a form's field."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        try:
            found = json.loads(super()._deserialize(value, attr, data, **options))
        except ValueError as error:
            raise ValidationError("Not JSON.") from error
        return _columns().deserialize(found, attr, data)


class ImportForm(Base):
    """Beside the file: `format` when it is not told by the file, the point for items that name none, a mapping.

    `mapping_id` names a saved mapping; `columns` is one for this file alone, a JSON object header → field.
    """

    format = Word(Format)
    knowledge_point_id = fields.UUID()
    mapping_id = fields.UUID()
    columns = _ColumnsText()


class ColumnsForm(Base):
    """Beside the file: `format` when it is not told by the file."""

    format = Word(Format)


class TableColumns(Base):
    """A sheet's headings, its first 20 rows, and heading → field as guessed; "" for what is not known."""

    sheet = fields.String(required=True)
    dialect = fields.String(required=True)
    heading_row = fields.Integer(required=True)
    headings = fields.List(fields.String(), required=True)
    rows = fields.List(fields.List(fields.String()), required=True)
    mapping = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class FileColumns(Base):
    """The file's format; `tables` of a table alone."""

    format = fields.String(required=True)
    tables = fields.List(fields.Nested(TableColumns), required=True)


class ImportCounts(Base):
    NEW = fields.Integer(required=True)
    CHANGED = fields.Integer(required=True)
    SAME = fields.Integer(required=True)
    REFUSED = fields.Integer(required=True)


class ImportItemLine(Base):
    where = fields.String(required=True)
    outcome = fields.String(required=True)
    fault = fields.String(required=True)
    code = fields.String(required=True)
    type = fields.String(required=True)
    stem = fields.String(required=True)


class ImportProblemLine(Base):
    where = fields.String(required=True)
    level = fields.String(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)


class ImportUnsupportedLine(Base):
    where = fields.String(required=True)
    kind = fields.String(required=True)
    detail = fields.String(required=True)


class ItemImportReport(Base):
    """Counts are of the whole file; lists end after 500 lines each, which `is_cut` tells."""

    format = fields.String(required=True)
    outcomes = fields.Nested(ImportCounts, required=True)
    by_type = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    warnings = fields.Integer(required=True)
    errors = fields.Integer(required=True)
    unsupported_count = fields.Integer(required=True)
    items = fields.List(fields.Nested(ImportItemLine), required=True)
    problems = fields.List(fields.Nested(ImportProblemLine), required=True)
    unsupported = fields.List(fields.Nested(ImportUnsupportedLine), required=True)
    is_cut = fields.Boolean(required=True)


class ItemImportLine(Base):
    import_id = fields.UUID(required=True, attribute="id")
    bank_id = fields.UUID(required=True)
    file_name = fields.String(required=True)
    format = fields.String(required=True)
    state = Word(ImportState, required=True)
    by = fields.String(required=True, attribute="account.display_name")
    created_at = Instant(required=True)
    taken_at = Instant(required=True, allow_none=True)


class ItemImportView(ItemImportLine):
    report = fields.Nested(ItemImportReport, required=True)


class ItemImportList(Base):
    items = fields.List(fields.Nested(ItemImportLine), required=True)


class TakeInput(Base):
    """Whether what has errors stays out; otherwise an error refuses the whole."""

    leave_errors = fields.Boolean(load_default=False)


class Leftover(Base):
    number = fields.Integer(required=True)
    where = fields.String(required=True)
    kind = fields.String(required=True)
    detail = fields.String(required=True)
    source = fields.String(required=True)


class LeftoverList(Base):
    items = fields.List(fields.Nested(Leftover), required=True)


class ColumnMappingInput(Base):
    """header → field, as `questionbank.interchange.sheets` names its fields."""

    name = Text(most=80, required=True)
    columns = _columns(required=True)


class ColumnMappingView(Base):
    mapping_id = fields.UUID(required=True, attribute="id")
    name = fields.String(required=True)
    columns = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class ColumnMappingList(Base):
    items = fields.List(fields.Nested(ColumnMappingView), required=True)
