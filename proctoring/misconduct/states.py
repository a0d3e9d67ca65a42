"""The life of a record of misconduct, from the facts to the ruling. Pure."""

from enum import StrEnum

from examsvc.core.states import Lifecycle


class MisconductState(StrEnum):
    """OPEN: facts and evidence are entered. TOLD: the candidate was told them, and what they say is written down.

    REFUSED: the candidate does not sign, and one of the staff has signed that. SIGNED: by the candidate, or by two of
    the staff. RULED: somebody who had no part in it has decided, in writing. REVOKED: the ruling does not stand.
    """

    OPEN = "OPEN"
    TOLD = "TOLD"
    REFUSED = "REFUSED"
    SIGNED = "SIGNED"
    RULED = "RULED"
    REVOKED = "REVOKED"

    @property
    def is_frozen(self) -> bool:
        """Whether facts and evidence stand as the candidate was told them."""
        return self != MisconductState.OPEN


MISCONDUCT_LIFECYCLE = Lifecycle(
    "misconduct",
    {
        MisconductState.OPEN: {MisconductState.TOLD},
        MisconductState.TOLD: {MisconductState.SIGNED, MisconductState.REFUSED},
        MisconductState.REFUSED: {MisconductState.SIGNED},
        MisconductState.SIGNED: {MisconductState.RULED},
        MisconductState.RULED: {MisconductState.REVOKED},
        MisconductState.REVOKED: {MisconductState.RULED},
    },
)


class EvidenceKind(StrEnum):
    """What is evidence: 抓拍, 事件, 异常, what was ordered, such as a warning given, and files that staff add."""

    SNAPSHOT = "SNAPSHOT"
    EVENT = "EVENT"
    INCIDENT = "INCIDENT"
    COMMAND = "COMMAND"
    FILE = "FILE"


class FileKind(StrEnum):
    """What a file that is evidence is by its content: 照片, 文档 (PDF), 录像."""

    PHOTO = "PHOTO"
    DOCUMENT = "DOCUMENT"
    FILM = "FILM"


class SignerKind(StrEnum):
    """CANDIDATE acknowledges what they were told. WITNESS: one of the staff, that the candidate did not sign."""

    CANDIDATE = "CANDIDATE"
    WITNESS = "WITNESS"


class Service(StrEnum):
    """How a ruling was served 送达."""

    IN_PERSON = "IN_PERSON"
    BY_POST = "BY_POST"
    BY_MESSAGE = "BY_MESSAGE"
