"""The kinds of things a proctor sees and does, and the life of an incident."""

from enum import StrEnum
from typing import Final

from examsvc.core.states import Lifecycle


class EventKind(StrEnum):
    """What the candidate's page or the server noticed. Never a verdict: people decide."""

    TAB_HIDDEN = "TAB_HIDDEN"
    TAB_SHOWN = "TAB_SHOWN"
    WINDOW_BLURRED = "WINDOW_BLURRED"
    WINDOW_FOCUSED = "WINDOW_FOCUSED"
    FULLSCREEN_LEFT = "FULLSCREEN_LEFT"
    FULLSCREEN_ENTERED = "FULLSCREEN_ENTERED"
    CAMERA_LOST = "CAMERA_LOST"
    CAMERA_BACK = "CAMERA_BACK"
    CAMERA_BLACK = "CAMERA_BLACK"
    CAMERA_FROZEN = "CAMERA_FROZEN"
    CONNECTED = "CONNECTED"
    DISCONNECTED = "DISCONNECTED"
    CLAIMED_ELSEWHERE = "CLAIMED_ELSEWHERE"
    READ_ELSEWHERE = "READ_ELSEWHERE"

    @property
    def is_alert(self) -> bool:
        """Whether a proctor's attention is asked for; the others tell that it is over."""
        return self in ALERTS

    @property
    def is_clients(self) -> bool:
        """Whether the candidate's page may report it; the others are noticed by the server alone."""
        return self not in _SERVERS


ALERTS = frozenset(
    {
        EventKind.TAB_HIDDEN,
        EventKind.WINDOW_BLURRED,
        EventKind.FULLSCREEN_LEFT,
        EventKind.CAMERA_LOST,
        EventKind.CAMERA_BLACK,
        EventKind.CAMERA_FROZEN,
        EventKind.DISCONNECTED,
        EventKind.CLAIMED_ELSEWHERE,
        EventKind.READ_ELSEWHERE,
    }
)
_SERVERS = frozenset(
    {
        EventKind.CONNECTED,
        EventKind.DISCONNECTED,
        EventKind.CAMERA_BLACK,
        EventKind.CAMERA_FROZEN,
        EventKind.CLAIMED_ELSEWHERE,
        EventKind.READ_ELSEWHERE,
    }
)


class CommandKind(StrEnum):
    """CREDIT follows from an approved credit of the time ledger, EXPECT_AGAIN from an absence that was taken back.

    LET_BEGIN follows from a chief proctor's word that papers which were withheld are used.
    TAKE_ANSWERS follows from the office's taking late answers over while the sitting goes on.
    """

    MESSAGE = "MESSAGE"
    EXTEND = "EXTEND"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    TERMINATE = "TERMINATE"
    ALLOW_HAND_IN = "ALLOW_HAND_IN"
    MOVE_START = "MOVE_START"
    ACCOMMODATE = "ACCOMMODATE"
    CREDIT = "CREDIT"
    WAIVE_SAFE_BROWSER = "WAIVE_SAFE_BROWSER"
    EXPECT_AGAIN = "EXPECT_AGAIN"
    LET_BEGIN = "LET_BEGIN"
    TAKE_ANSWERS = "TAKE_ANSWERS"

    @property
    def is_proctors(self) -> bool:
        """Whether a proctor gives it from the wall; the others follow from what was decided."""
        return self not in _FOLLOWING

    @property
    def is_for_many(self) -> bool:
        """Whether it may be given to a room or to all at once."""
        return self.is_proctors and self not in (CommandKind.TERMINATE, CommandKind.WAIVE_SAFE_BROWSER)

    @property
    def needs_text(self) -> bool:
        return self not in (CommandKind.RESUME, CommandKind.ALLOW_HAND_IN)


_FOLLOWING: Final = frozenset(
    {
        CommandKind.MOVE_START,
        CommandKind.ACCOMMODATE,
        CommandKind.CREDIT,
        CommandKind.EXPECT_AGAIN,
        CommandKind.LET_BEGIN,
        CommandKind.TAKE_ANSWERS,
    }
)
GIVEN_KINDS = tuple(kind for kind in CommandKind if kind.is_proctors)


class Outcome(StrEnum):
    """How a command for many went for one of them: REOPENED is applied to a sitting that time had ended."""

    APPLIED = "APPLIED"
    REOPENED = "REOPENED"
    LEFT_OUT = "LEFT_OUT"


class IncidentState(StrEnum):
    OPEN = "OPEN"
    DISMISSED = "DISMISSED"
    CONFIRMED = "CONFIRMED"


INCIDENT_LIFECYCLE = Lifecycle(
    "incident",
    {
        IncidentState.OPEN: {IncidentState.DISMISSED, IncidentState.CONFIRMED},
        IncidentState.DISMISSED: set(),
        IncidentState.CONFIRMED: set(),
    },
)
