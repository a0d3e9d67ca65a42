"""The cells of an annex 1 row, from the texts people type into values (H05–H13). Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from examsvc.registry.annexes import wording
from examsvc.registry.annexes.errors import UnprintableText
from examsvc.registry.annexes.forms import Annex1Row, clean, line
from examsvc.registry.annexes.problems import Problem, Severity

_CODE = re.compile(r"(?<![\d-])[1-8]-\d{2}-\d{2}(?![\d-])")
_DASHES = str.maketrans(dict.fromkeys("－—–‐‑−", "-"))
_CREDIT_CODE = re.compile(r"[（(]\s*([0-9A-Za-z]{15,20})\s*[）)]\s*$")
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)\s*(?:人次|人)?")
_OTHER_SEPARATORS = re.compile("[,，;；/]")
MOST_CANDIDATES = 9_999_999
LONGEST = {"occupation_name": 120, "scheme_name": 80, "organisation_name": 120, "reason": 2000}
LONGEST_INDUSTRIES = 200

Read = tuple[Annex1Row | None, tuple[Problem, ...]]


def row(texts: Mapping[str, str]) -> Read:
    """Return the row of the texts by column (occupation, scheme_name, …), or None; and what is wrong or doubtful."""
    try:
        cleaned = {name: clean(text, name) for name, text in texts.items()}
    except UnprintableText as error:
        told = f"含有无法显示的字符：{error.extra['characters']}"
        return None, (Problem(error.code, str(error.extra["where"]), told),)
    code, occupation_name = _occupation(cleaned["occupation"])
    organisation, credit_code = _organisation(cleaned["organisation"], cleaned.get("credit_code", ""))
    found = Annex1Row(
        code,
        occupation_name,
        line(cleaned["scheme_name"]),
        industries(cleaned["industries"]),
        organisation,
        credit_code,
        count(cleaned["expected_candidates"]),
        cleaned["reason"],
    )
    problems = tuple(_problems(found, cleaned))
    is_wrong = any(problem.severity == Severity.ERROR for problem in problems)
    return (None if is_wrong else found), problems


def industries(text: str) -> tuple[str, ...]:
    """Return the tags of a cell, which 、 stands between (H09); a line break does too."""
    parts = text.replace("\n", wording.SEPARATOR).split(wording.SEPARATOR)
    return tuple(dict.fromkeys(tag for part in parts if (tag := part.strip())))


def count(text: str) -> int:
    """Return the number in "1000 人", "1,000" or "1000" (H12), or 0 when there is none."""
    found = _COUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(found[1].replace(",", "")) if found else 0


def _occupation(text: str) -> tuple[str, str]:
    """Return code and name of "name code" (H06), the code "" when there is none of a 小类."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    found = _CODE.search(plain)
    if not found:
        return "", line(text)
    # Found in the normal form, whose characters need not be as many as the typed ones: so cut the name from it.
    around = f"{plain[: found.start()]} {plain[found.end() :]}"
    name = text.replace(found[0], " ") if found[0] in text else around
    return found[0], line(name.replace("（ ）", "").replace("( )", ""))


def _organisation(text: str, separate_code: str) -> tuple[str, str]:
    """Return name and 统一社会信用代码 of "name (code)" (H10)."""
    found = _CREDIT_CODE.search(text)
    if found:
        return line(text[: found.start()]), found[1].upper()
    return line(text), line(separate_code).upper()


def _problems(found: Annex1Row, texts: Mapping[str, str]) -> list[Problem]:
    return [*_missing(found), *_out_of_bounds(found), *_separators(found, texts["industries"])]


def _missing(found: Annex1Row) -> Iterator[Problem]:
    cells = [
        ("occupation_code", found.occupation_code, "所属领域及代码：没有小类代码（如 4-04-05）"),
        ("scheme_name", found.scheme_name, "项目名称：未填写"),
        ("industries", found.industries, "产业类别：未填写"),
        ("organisation_name", found.organisation_name, "考核机构：未填写单位全称"),
        ("credit_code", found.credit_code, "考核机构：名称后的括号内没有统一社会信用代码"),
        ("reason", found.reason, "推荐理由：未填写"),
    ]
    yield from (Problem(f"{field}_missing", field, detail) for field, value, detail in cells if not value)


def _out_of_bounds(found: Annex1Row) -> Iterator[Problem]:
    if not 0 < found.expected_candidates <= MOST_CANDIDATES:
        told = "预计考核人次：应为正整数，如 1000 人"
        yield Problem("expected_candidates_invalid", "expected_candidates", told)
    for field, most in LONGEST.items():
        if len(getattr(found, field)) > most:
            yield Problem("text_too_long", field, f"超过 {most} 个字")
    if len(wording.SEPARATOR.join(found.industries)) > LONGEST_INDUSTRIES:
        yield Problem("text_too_long", "industries", f"超过 {LONGEST_INDUSTRIES} 个字")


def _separators(found: Annex1Row, written: str) -> Iterator[Problem]:
    if any(_OTHER_SEPARATORS.search(tag) for tag in found.industries):
        told = f"产业类别：多个标签请用“、”隔开（{written}）"
        yield replace(Problem("industries_separator", "industries", told), severity=Severity.WARNING)
