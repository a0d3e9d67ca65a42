"""Windows of a year, for everybody; holiday tables, imported by the centre."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint
from werkzeug.datastructures import FileStorage

from examsvc.accounts.access import allow, caller, public
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.calendar import deadlines, holidays
from examsvc.core.calendar.holiday_files import MOST_BYTES
from examsvc.core.clock import shanghai_date
from examsvc.core.web.edge import reading, transaction
from examsvc.registry.calendar import importing, overview
from examsvc.registry.calendar.importing import ImportReport
from examsvc.registry.calendar.schemas import (
    HolidayFile,
    HolidayImportQuery,
    HolidayImportReport,
    HolidayYears,
    WindowList,
    WindowsQuery,
)

STAFF = (
    *(Role.REGISTRAR, Role.BUREAU, Role.DISTRICT, Role.RECOMMENDER),
    *(Role.OFFICE, Role.QUALITY_SUPERVISOR),
)
blp = Blueprint("windows", __name__, url_prefix="/api", description="受理时间与节假日")


@blp.route("/windows")
class Windows(MethodView):
    @public
    @blp.arguments(WindowsQuery, location="query")
    @blp.response(200, WindowList)
    def get(self, query: dict[str, int | None]) -> dict[str, Any]:
        """When recommendations and applications are received in a year."""
        now = clock.now()
        this_year = shanghai_date(now).year
        year = query["year"] or this_year
        with reading() as db:
            return {"year": year, "this_year": this_year, "items": overview.of_year(year, holidays.calendar(db), now)}


@blp.route("/holidays")
class Holidays(MethodView):
    @allow(*STAFF)
    @blp.response(200, HolidayYears)
    def get(self) -> dict[str, Any]:
        """Every year whose holidays are known, with its source and its days."""
        with reading() as db:
            return {"policy": deadlines.policy_in_use(), "items": holidays.known_years(db)}

    @allow(Role.REGISTRAR)
    @blp.arguments(HolidayImportQuery, location="query")
    @blp.arguments(HolidayFile, location="files")
    @blp.response(200, HolidayImportReport)
    def post(self, query: dict[str, bool], files: dict[str, FileStorage]) -> ImportReport:
        """Look at a table in holiday-cn's form (`dry_run=true`), or take it over."""
        data = files["file"].stream.read(MOST_BYTES + 1)
        if query["dry_run"]:
            with reading() as db:
                return importing.look(db, data)
        with transaction() as db:
            return importing.take_over(db, data, by=caller(), now=clock.now())
