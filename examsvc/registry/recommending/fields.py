"""A row of annex 1 as a value, and how its texts are written. Pure."""

import re
import unicodedata
from dataclasses import dataclass

from examsvc.core.errors import Invalid
from examsvc.registry import names
from examsvc.registry.annexes import forms
from examsvc.registry.recommending import industries

LONGEST = {
    "scheme_name": 80,
    "industries": 200,
    "organisation_name": 120,
    "credit_code": 18,
    "reason": 2000,
    "title": 80,
    "contact_name": 40,
    "contact_phone": 40,
}
MOST_CANDIDATES = 9_999_999
_PHONE = re.compile(r"[0-9+][0-9+()（）\- 转#*,，、/]{4,}")


@dataclass(frozen=True)
class RowFields:
    """A recommended scheme with its intended organisation; empty texts are not written yet.

    `expected_candidates` is the plan for three years (E09, H12), in persons.
    """

    occupation_code: str
    scheme_name: str
    industries: tuple[str, ...]
    organisation_name: str
    credit_code: str
    expected_candidates: int
    reason: str


def tidied(fields: RowFields) -> RowFields:
    """Return the row as it is kept; raises HtmlInText, UnprintableText, Invalid (too long, or no candidates)."""
    if not 1 <= fields.expected_candidates <= MOST_CANDIDATES:
        raise Invalid(errors={"expected_candidates": [f"must be between 1 and {MOST_CANDIDATES}"]})
    tags = industries.tidy(name(tag, "industries") for tag in fields.industries)
    names.bounded(industries.join(tags), "industries", most=LONGEST["industries"])
    return RowFields(
        occupation_code=fields.occupation_code.strip(),
        scheme_name=name(fields.scheme_name, "scheme_name"),
        industries=tags,
        organisation_name=name(fields.organisation_name, "organisation_name"),
        credit_code=names.bounded(compact_code(fields.credit_code), "credit_code", most=LONGEST["credit_code"]),
        expected_candidates=fields.expected_candidates,
        reason=_paragraphs(fields.reason, "reason"),
    )


def name(text: str, field: str) -> str:
    """Return a name as it is kept; raises HtmlInText, UnprintableText, Invalid when it is too long."""
    return names.written(text, field, most=LONGEST[field])


def phone(text: str) -> str:
    """Return a telephone number as typed (H03); raises Invalid."""
    line = name(unicodedata.normalize("NFKC", text), "contact_phone")
    if not _PHONE.fullmatch(line):
        raise Invalid(errors={"contact_phone": ["is not a telephone number"]})
    return line


def compact_code(text: str) -> str:
    """Return a 统一社会信用代码 without separators, in capitals; full-width letters become plain ones."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def _paragraphs(text: str, field: str) -> str:
    return names.bounded(forms.clean(names.normal(text), field), field, most=LONGEST[field])
