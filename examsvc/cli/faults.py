"""What a command says of what went wrong: refusals, bad settings, a lost database and lost files."""

from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from examsvc.core.errors import Refusal
from examsvc.core.settings import BadSettings

BAD_SETTINGS_EXIT = 2


@dataclass(frozen=True)
class Told:
    """Lines for a person and the process's exit status."""

    lines: list[str]
    status: int = 1


def told(fault: Exception) -> Told | None:
    """Return what to say of the fault; None when it is one of the program."""
    match fault:
        case BadSettings():
            return Told([str(one) for one in fault.faults], BAD_SETTINGS_EXIT)
        case Refusal():
            return Told([f"{fault} [{fault.code}]"])
        case DBAPIError():
            hint = "(`examsvc db check` says whether the database is there and current)"
            return Told([f"{_first_line(fault.orig)} {hint}"])
        case OSError():
            return Told([str(fault)])
    return None


def _first_line(fault: BaseException | None) -> str:
    return next(iter(str(fault).splitlines()), type(fault).__name__)
