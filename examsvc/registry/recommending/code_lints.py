"""What is wrong with a 统一社会信用代码 (H10, H11, C01, C05; GB 32100-2015). Pure."""

import re
from collections.abc import Iterator

from examsvc.registry import credit_codes
from examsvc.registry.errors import BadCreditCode
from examsvc.registry.recommending.problems import Problem, error, warning

SAMPLE = "111111111111111111"  # H11: the notice's own sample, a dummy
_REGISTERED_HERE = re.compile(r"..(31\d{4}|100000)")  # 上海, or with the State's own registry
_FORM = re.compile(r"[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)


def of_credit_code(code: str, *, is_proven: bool) -> Iterator[Problem]:
    """Yield the problems of a code.

    A proof outweighs a wrong check character (some early genuine codes have one), never a wrong form.
    """
    where = "credit_code"
    if not code:
        yield error("credit_code_missing", where, "This is not written yet.")
    elif code == SAMPLE:
        yield error("credit_code_sample", where, "This is the sample of the notice, not a code of anybody.")
    elif not _FORM.fullmatch(code):
        yield error("credit_code_malformed", where, "A code has 18 characters, digits and capitals without I O S V Z.")
    else:
        if not _has_right_check(code):
            yield _unproven(is_proven=is_proven)
        yield from _of_registration(code)


def _unproven(*, is_proven: bool) -> Problem:
    if is_proven:
        return warning("credit_code_proven", "credit_code", "The check character is wrong; a proof was uploaded.")
    return error("bad_credit_code", "credit_code", "The code does not pass the check of GB 32100-2015.")


def _of_registration(code: str) -> Iterator[Problem]:
    if code.startswith(credit_codes.AUTHORITY):
        yield error("credit_code_authority", "credit_code", "Authorities (机关) are excluded.")
    if code.startswith(credit_codes.INSTITUTION):
        yield warning(
            "credit_code_institution", "credit_code", "The centre decides about public institutions (事业单位)."
        )
    if not _REGISTERED_HERE.match(code):
        yield warning("credit_code_elsewhere", "credit_code", "By its code it is not registered in Shanghai.")


def _has_right_check(code: str) -> bool:
    try:
        return credit_codes.checked(code) == code
    except BadCreditCode:
        return False
