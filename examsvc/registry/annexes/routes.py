"""Downloads of the annexes, and the import of a filled annex 1."""

from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.downloads import BINARY, DOCX, XLSX, download
from examsvc.core.web.edge import reading, transaction
from examsvc.registry.annexes import annex1_reading, documents, importing, inspecting, packages, printing, wording
from examsvc.registry.annexes.importing import Report
from examsvc.registry.annexes.schemas import Annex1ImportQuery, Annex1ImportReport
from examsvc.registry.cases.receiving import takes_file
from examsvc.registry.cases.uploads import Upload

blp = Blueprint("annexes", __name__, url_prefix="/api", description="附件1–3 as documents, out and in")
BATCH_READERS = (Role.RECOMMENDER, Role.REGISTRAR, Role.BUREAU)
CASE_READERS = (*BATCH_READERS, Role.OFFICE, Role.QUALITY_SUPERVISOR, Role.DISTRICT, Role.EXPERT)


@blp.route("/recommendations/annex1-template.xlsx")
class Annex1Template(MethodView):
    @allow(Role.RECOMMENDER)
    @blp.response(200, BINARY, content_type=XLSX)
    def get(self) -> Response:
        """An empty annex 1 to fill in and import."""
        from examsvc.registry.annexes import annex1_xlsx  # noqa: PLC0415 (loads openpyxl)

        return download(annex1_xlsx.template(), f"{wording.ANNEX_1_TITLE}.xlsx", XLSX)


@blp.route("/recommendations/<uuid:recommendation_id>/annex1.xlsx")
class Annex1Workbook(MethodView):
    @allow(*BATCH_READERS)
    @blp.response(200, BINARY, content_type=XLSX)
    def get(self, recommendation_id: UUID) -> Response:
        """Annex 1 of a batch as a workbook."""
        from examsvc.registry.annexes import annex1_xlsx  # noqa: PLC0415 (loads openpyxl)

        with reading() as db:
            batch, annex = documents.annex1(db, recommendation_id, by=caller())
        name = f"附件1-{packages.safe_name(batch.title)}.xlsx"
        return download(annex1_xlsx.write(annex), name, XLSX)


@blp.route("/recommendations/<uuid:recommendation_id>/annex1.docx")
class Annex1Document(MethodView):
    @allow(*BATCH_READERS)
    @blp.response(200, BINARY, content_type=DOCX)
    def get(self, recommendation_id: UUID) -> Response:
        """Annex 1 of a batch as a text document, to be printed and sealed."""
        from examsvc.registry.annexes import annex1_docx  # noqa: PLC0415 (loads python-docx)

        with reading() as db:
            batch, annex = documents.annex1(db, recommendation_id, by=caller())
        return download(annex1_docx.write(annex), f"附件1-{packages.safe_name(batch.title)}.docx", DOCX)


@blp.route("/recommendations/<uuid:recommendation_id>/import")
class Annex1Import(MethodView):
    @allow(Role.RECOMMENDER)
    @takes_file(blp, allowed=("xlsx",), most=inspecting.MOST_BYTES)
    @blp.arguments(Annex1ImportQuery, location="query")
    @blp.response(200, Annex1ImportReport)
    def post(self, file: Upload, query: dict[str, bool], recommendation_id: UUID) -> Report:
        """Add the rows of a filled annex 1 to a draft batch, all or none; with dry_run (the default) only tell."""
        read = annex1_reading.read(file.data)
        with transaction() as db:
            return importing.take_in(db, recommendation_id, read, **query, by=caller(), now=clock.now())


@blp.route("/cases/<uuid:case_id>/annex2.docx")
class Annex2Document(MethodView):
    @allow(*CASE_READERS)
    @blp.response(200, BINARY, content_type=DOCX)
    def get(self, case_id: UUID) -> Response:
        """Annex 2 of a case as a text document."""
        from examsvc.registry.annexes import annex2_docx  # noqa: PLC0415 (loads python-docx)

        with reading() as db:
            case, annex = documents.annex2(db, case_id, by=caller())
        return download(annex2_docx.write(annex), f"附件2-{packages.safe_name(case.scheme_name)}.docx", DOCX)


@blp.route("/cases/<uuid:case_id>/annex2.pdf")
class Annex2Print(MethodView):
    @allow(*CASE_READERS)
    @blp.response(200, BINARY, content_type=printing.MEDIA_TYPE)
    def get(self, case_id: UUID) -> Response:
        """Annex 2 of a case as a PDF, dated when the case came into its state."""
        with reading() as db:
            case, annex = documents.annex2(db, case_id, by=caller())
        pdf = printing.annex2(annex, stamp=case.state_since_at)
        return download(pdf, f"附件2-{packages.safe_name(case.scheme_name)}.pdf", printing.MEDIA_TYPE)


@blp.route("/cases/<uuid:case_id>/annex3.docx")
class Annex3Document(MethodView):
    @allow(*CASE_READERS)
    @blp.response(200, BINARY, content_type=DOCX)
    def get(self, case_id: UUID) -> Response:
        """Annex 3 of a case as a text document."""
        from examsvc.registry.annexes import annex3_docx  # noqa: PLC0415 (loads python-docx)

        with reading() as db:
            case, annex = documents.annex3(db, case_id, by=caller())
        return download(annex3_docx.write(annex), f"附件3-{packages.safe_name(case.scheme_name)}.docx", DOCX)


@blp.route("/cases/<uuid:case_id>/annex3.pdf")
class Annex3Print(MethodView):
    @allow(*CASE_READERS)
    @blp.response(200, BINARY, content_type=printing.MEDIA_TYPE)
    def get(self, case_id: UUID) -> Response:
        """Annex 3 of a case as a PDF, dated when the case came into its state."""
        with reading() as db:
            case, annex = documents.annex3(db, case_id, by=caller())
        pdf = printing.annex3(annex, stamp=case.state_since_at)
        return download(pdf, f"附件3-{packages.safe_name(case.scheme_name)}.pdf", printing.MEDIA_TYPE)
