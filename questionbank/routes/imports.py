"""Files of items: looked through, shown, taken over."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.db import get
from examsvc.core.errors import TooLarge
from examsvc.core.web.downloads import BINARY, download
from examsvc.core.web.edge import reading, transaction
from examsvc.core.web.uploads import limited
from examsvc.jobs.schemas import JobView
from questionbank.importing import columns, jobs, mappings, preparing, returning, taking, telling, templates
from questionbank.importing.columns import LookedInto
from questionbank.importing.models import ColumnMapping, ItemImport
from questionbank.importing.taking import Sent
from questionbank.interchange.model import Format
from questionbank.models import ItemBank
from questionbank.schemas.imports import (
    ColumnMappingInput,
    ColumnMappingList,
    ColumnMappingView,
    ColumnsForm,
    FileColumns,
    ImportFile,
    ImportForm,
    ItemImportList,
    ItemImportView,
    LeftoverList,
    TakeInput,
)

blp = Blueprint("imports", __name__, url_prefix="/api", description="Files of items brought into a bank")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACCEPTED = 202
MOST_BYTES = 100 * 1024 * 1024
READERS = (Role.AUTHOR, Role.REVIEWER, Role.OFFICE, Role.QUALITY_SUPERVISOR)


def _sent(form: dict[str, Any], files: dict[str, Any], mapping: dict[str, str] | None) -> Sent:
    data = files["file"].stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooLarge(limit=MOST_BYTES)
    point = form.get("knowledge_point_id")
    told = Format(form["format"]) if "format" in form else None
    return Sent(files["file"].filename or "", data, told, mapping, point)


@blp.route("/banks/<uuid:bank_id>/imports")
class BankImports(MethodView):
    @allow(*READERS)
    @blp.response(200, ItemImportList)
    def get(self, bank_id: UUID) -> dict[str, Any]:
        """What was imported into the bank, newest first."""
        with reading() as db:
            return {"items": telling.of_bank(db, bank_id)}

    @allow(Role.AUTHOR)
    @limited(MOST_BYTES)
    @blp.arguments(ImportForm, location="form")
    @blp.arguments(ImportFile, location="files")
    @blp.response(201, ItemImportView)
    def post(self, form: dict[str, Any], files: dict[str, Any], bank_id: UUID) -> ItemImport:
        """Look through a file: what taking it over would do, item by item. No item is written."""
        with reading() as db:
            saved = mappings.find(db, form.get("mapping_id"), by=caller())
            sent = _sent(form, files, form.get("columns") or saved)
            report = taking.look(db, bank_id, sent)
        with transaction() as db:
            found = taking.remember(db, bank_id, sent, report, by=caller(), now=clock.now())
            return telling.one(db, found.id)


@blp.route("/banks/<uuid:bank_id>/imports/columns")
class BankImportColumns(MethodView):
    @allow(Role.AUTHOR)
    @limited(MOST_BYTES)
    @blp.arguments(ColumnsForm, location="form")
    @blp.arguments(ImportFile, location="files")
    @blp.response(200, FileColumns)
    def post(self, form: dict[str, Any], files: dict[str, Any], bank_id: UUID) -> LookedInto:
        """The format of a file and, when it is a table, its columns with its first rows."""
        with reading() as db:
            get(db, ItemBank, bank_id)
        sent = _sent(form, files, None)
        return columns.look_into(sent.name, sent.data, sent.format)


@blp.route("/banks/<uuid:bank_id>/import-template")
class BankImportTemplate(MethodView):
    @allow(*READERS)
    @blp.response(200, BINARY, content_type=XLSX)
    def get(self, bank_id: UUID) -> Response:
        """Our own workbook, with the bank's knowledge points to choose from."""
        with reading() as db:
            return download(templates.of_bank(db, bank_id), "试题导入模板.xlsx", XLSX)


@blp.route("/imports/<uuid:import_id>/error-workbook")
class ImportErrorWorkbook(MethodView):
    @allow(Role.AUTHOR)
    @blp.response(200, BINARY, content_type=XLSX)
    def get(self, import_id: UUID) -> Response:
        """The rows of a table that are not imported, each with its reason, to be put right and sent again."""
        with reading() as db:
            return download(returning.error_workbook(db, import_id), "未导入的试题.xlsx", XLSX)


@blp.route("/imports/<uuid:import_id>")
class Import(MethodView):
    @allow(*READERS)
    @blp.response(200, ItemImportView)
    def get(self, import_id: UUID) -> ItemImport:
        """An import with its report; of a secret bank, who looks is put on record."""
        with transaction() as db:
            return telling.view(db, import_id, by=caller(), now=clock.now())


@blp.route("/imports/<uuid:import_id>/taking")
class ImportTaking(MethodView):
    @allow(Role.AUTHOR)
    @blp.arguments(TakeInput)
    @blp.response(200, ItemImportView)
    @blp.alt_response(202, schema=JobView, description="More than 200 items: a job takes them over.")
    def post(self, how: dict[str, Any], import_id: UUID) -> ItemImport | tuple[Response, int]:
        """Take over what was looked at, as drafts, in one transaction; the same again changes nothing."""
        with reading() as db:
            is_large = jobs.is_large(get(db, ItemImport, import_id))
        return _taken_by_job(import_id, how) if is_large else _taken(import_id, how)


def _taken(import_id: UUID, how: dict[str, Any]) -> ItemImport:
    with reading() as db:
        prepared = preparing.prepare(db, import_id, by=caller())
    with transaction() as db:
        taking.take(db, import_id, **how, by=caller(), now=clock.now(), prepared=prepared)
        return telling.one(db, import_id)


def _taken_by_job(import_id: UUID, how: dict[str, Any]) -> tuple[Response, int]:
    with transaction() as db:
        job = jobs.ask(db, import_id, **how, by=caller(), now=clock.now())
        return jsonify(JobView().dump(job)), ACCEPTED


@blp.route("/imports/<uuid:import_id>/leftovers")
class ImportLeftovers(MethodView):
    @allow(Role.AUTHOR)
    @blp.response(200, LeftoverList)
    def get(self, import_id: UUID) -> dict[str, Any]:
        """What could not be modelled, with its source as it stood in the file."""
        with reading() as db:
            return {"items": telling.leftovers(db, import_id)}


@blp.route("/column-mappings")
class ColumnMappings(MethodView):
    @allow(Role.AUTHOR)
    @blp.response(200, ColumnMappingList)
    def get(self) -> dict[str, Any]:
        """The caller's saved mappings."""
        with reading() as db:
            return {"items": mappings.own(db, by=caller())}

    @allow(Role.AUTHOR)
    @blp.arguments(ColumnMappingInput)
    @blp.response(200, ColumnMappingView)
    def put(self, mapping: dict[str, Any]) -> ColumnMapping:
        """Save a mapping under its name."""
        with transaction() as db:
            return mappings.save(db, mapping["name"], mapping["columns"], by=caller(), now=clock.now())
