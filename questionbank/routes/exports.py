"""Banks taken out as files of other systems' formats."""

from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.downloads import BINARY, download
from examsvc.core.web.edge import reading, transaction
from examsvc.core.web.shown_files import ANY_TYPE
from questionbank import export_files
from questionbank.interchange.model import Format
from questionbank.schemas.exports import BankFileInput, BankFileLosses

blp = Blueprint("bank_files", __name__, url_prefix="/api", description="Banks as files")
KEY_READERS = (Role.AUTHOR, Role.REVIEWER)


@blp.route("/banks/<uuid:bank_id>/files")
class BankFiles(MethodView):
    @allow(*KEY_READERS)
    @blp.arguments(BankFileInput)
    @blp.response(200, BINARY, content_type=ANY_TYPE)
    def post(self, wanted: dict[str, str], bank_id: UUID) -> Response:
        """The approved and released items with their keys as a file; of a secret bank once somebody else granted it."""
        with transaction() as db:
            file = export_files.take_out(db, bank_id, Format(wanted["format"]), by=caller(), now=clock.now())
        return download(file.data, file.name, file.media_type)


@blp.route("/banks/<uuid:bank_id>/files/check")
class BankFilesCheck(MethodView):
    @allow(*KEY_READERS)
    @blp.arguments(BankFileInput)
    @blp.response(200, BankFileLosses)
    def post(self, wanted: dict[str, str], bank_id: UUID) -> export_files.Losses:
        """What the format cannot carry of the bank, item by item; nothing goes out."""
        with reading() as db:
            return export_files.losses(db, bank_id, Format(wanted["format"]))
