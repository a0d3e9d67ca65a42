"""The home page and the public list, rendered here; they work without JavaScript."""

from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, request

from examsvc.core import clock
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get
from examsvc.core.web.downloads import XLSX, download
from examsvc.core.web.edge import reading
from examsvc.registry import history, listing, site
from examsvc.registry.models import Filing
from examsvc.registry.standing import Standing
from examsvc.registry.texts import HOME, REGISTRY

blp = Blueprint("public", __name__, template_folder="templates")
DOORS = (
    ("candidate", "/candidate/"),
    ("examiner", "/examiner/"),
    ("wall", "/wall/"),
    ("office", "/office/"),
    ("query", "/certificates"),
    ("registry", "/registry"),
    ("notices", "/notices"),
)
PUBLIC_DOORS = ("query", "registry", "notices")
LONGEST_SEARCH = 60
LINES = 50


@blp.get("/")
def home() -> Response:
    """What this is, and the doors to it."""
    return site.page("registry/home.html", HOME, doors=DOORS, public_doors=PUBLIC_DOORS)


@blp.get("/registry")
def filings() -> Response:
    """备案的考核机构及项目清单."""
    wanted, after = _wanted(), _uuid(request.args.get("after", ""))
    with reading() as db:
        page = listing.page(db, wanted, after=after, limit=LINES)
        count = listing.count(db, wanted)
    keep = _keep(wanted)
    more = urlencode({**keep, "after": page["next"]}) if page["next"] else ""
    return site.page(
        "registry/filings.html",
        REGISTRY,
        keep={**keep, **({"after": str(after)} if after else {})},
        page=page,
        count=count,
        wanted=wanted,
        standings=tuple(Standing),
        more=more,
        query=urlencode(keep),
    )


@blp.get("/registry.xlsx")
def workbook_of_filings() -> Response:
    """The same list as a workbook."""
    from examsvc.registry import workbook  # noqa: PLC0415 (openpyxl is loaded by who writes a workbook)

    wanted, t = _wanted(), REGISTRY[site.language()]
    with reading() as db:
        lines = ({**line, "standing": t[line["standing"]]} for line in listing.everything(db, wanted))
        note = f"{t['as_of']} {wanted.day}"
        headings = {name: t[name] for name in workbook.COLUMNS}
        data = workbook.of_lines(lines, title=t["title"], note=note, headings=headings)
    return download(data, f"registry-{wanted.day}.xlsx", XLSX, is_private=False)


def _wanted() -> listing.Wanted:
    asked = request.args.get("standing", "")
    return listing.Wanted(
        day=shanghai_date(clock.now()),
        containing=request.args.get("q", "").replace("\0", "")[:LONGEST_SEARCH],  # PostgreSQL keeps no NUL
        standing=Standing(asked) if asked in tuple(Standing) else None,
    )


def _keep(wanted: listing.Wanted) -> dict[str, str]:
    return {
        **({"q": wanted.containing} if wanted.containing else {}),
        **({"standing": wanted.standing} if wanted.standing else {}),
    }


def _uuid(text: str) -> UUID | None:
    """Return the id in the text; a place in the list that is none is the list's beginning."""
    try:
        return UUID(text)
    except ValueError:
        return None


@blp.get("/registry/<uuid:filing_id>")
def specification(filing_id: UUID) -> Response:
    """One filing with its 考核规范."""
    with reading() as db:
        filing = get(db, Filing, filing_id)
        entry = listing.entry(filing, day=shanghai_date(clock.now()))
        fixed = listing.specification(filing)
        changes = history.of_filings(db, [filing_id]).get(filing_id, [])
    return site.page("registry/specification.html", REGISTRY, filing=entry, specification=fixed, changes=changes)
