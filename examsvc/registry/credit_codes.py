"""统一社会信用代码: the check of GB 32100-2015."""

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from examsvc.registry.errors import BadCreditCode

AUTHORITY, INSTITUTION = "11", "12"
"""How the codes of 机关 and of 事业单位 begin (GB 32100)."""


def checked(code: str) -> str:
    """Return the code in its compact form; raises BadCreditCode.

    The notice's own sample 111111111111111111 is a dummy and is refused (H11).
    """
    try:
        return str(uscc.validate(code))
    except ValidationError as error:
        raise BadCreditCode from error
