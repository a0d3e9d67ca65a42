"""附件1 推荐汇总表 in words: what both its workbook and its text document say in each cell. Pure."""

from datetime import date

from examsvc.registry.annexes import wording
from examsvc.registry.annexes.forms import Annex1, Annex1Row

Cells = tuple[str, ...]
BLANK_DAY = "      年    月    日"


def cells(number: int, row: Annex1Row) -> Cells:
    """Return a row's seven cells (H04–H13); `number` is its priority, from 1."""
    return (
        str(number),
        f"{row.occupation_name}\n{row.occupation_code}",
        row.scheme_name,
        wording.SEPARATOR.join(row.industries),
        f"{row.organisation_name}\n（{row.credit_code}）",
        f"{row.expected_candidates} {wording.UNIT}",
        row.reason,
    )


def head(annex: Annex1) -> tuple[tuple[str, str], ...]:
    """Return the labels above the table with what stands behind them (H01–H03)."""
    return (
        (wording.DEPARTMENT, annex.department),
        (wording.CONTACT_NAME, annex.contact_name),
        (wording.CONTACT_PHONE, annex.contact_phone),
    )


def day(signed_on: date | None) -> str:
    """Return the date as 年月日, or the blanks to write it in (H15)."""
    return f"{signed_on.year} 年 {signed_on.month} 月 {signed_on.day} 日" if signed_on else BLANK_DAY
