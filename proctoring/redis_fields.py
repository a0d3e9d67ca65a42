"""How the shared board lies in Redis: the names of its keys, and what a sitting's fields mean. Pure."""

from datetime import datetime
from uuid import UUID

from proctoring import frames
from proctoring.board import BEAT_LASTS, Facts
from proctoring.cadence import Attention
from proctoring.imaging import Verdict


def facts_of(fields: dict[str, str], now: datetime) -> Facts:
    """Return what the fields of a sitting say at `now`."""
    beats = [int(value) for name, value in fields.items() if name.startswith("c:")]
    lines = sum(frames.milliseconds(now) - beat <= BEAT_LASTS.total_seconds() * 1000 for beat in beats)
    since = int(fields.get("since", 0))
    if not lines:  # a process that died has told only how long it lived
        since = max([since, *beats])
    return Facts(
        is_connected=lines > 0,
        since=frames.instant(since) if since else None,
        is_noted_away=fields.get("away") == "1",
        frame_at=_instant(fields, "frame"),
        verdict=Verdict(fields.get("verdict", Verdict.GOOD)),
        attention=Attention(*(_instant(fields, name) for name in ("visible", "opened", "event"))),
        lines=lines,
        machine=fields.get("machine", ""),
    )


def texts(fields: dict[bytes, bytes]) -> dict[str, str]:
    """Return Redis' fields as texts."""
    return {name.decode(): value.decode() for name, value in fields.items()}


def _instant(fields: dict[str, str], name: str) -> datetime | None:
    return frames.instant(int(fields[name])) if name in fields else None


def live_key(sitting_id: UUID) -> str:
    """Return the key of a sitting's facts."""
    return f"examsvc:live:{sitting_id}"


def frame_key(sitting_id: UUID) -> str:
    """Return the key of a sitting's latest frame."""
    return f"examsvc:frame:{sitting_id}"


def watched_key(exam_session_id: UUID) -> str:
    """Return the key that stands while somebody watches the exam session."""
    return f"examsvc:watched:{exam_session_id}"
