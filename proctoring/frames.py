"""A camera frame as it is shown, and the binary layouts in which it travels.

A frame record, big-endian: sitting id 16 bytes · cursor u64 · seq u32 · taken_at i64 and received_at i64 in
milliseconds since 1970 · verdict u8 (0 good, 1 black, 2 frozen) · length u32 · that many bytes of JPEG.

A frame pack: `FPK1` · cursor u64 (ask with it next time) · count u16 · that many frame records.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from proctoring.imaging import Verdict

MAGIC = b"FPK1"
MOST_PACK_BYTES = 2 * 1024 * 1024
_HEAD = struct.Struct(">4sQH")
_RECORD = struct.Struct(">16sQIqqBI")
_VERDICTS = tuple(Verdict)


@dataclass(frozen=True)
class Frame:
    """One frame. `taken_at` is the candidate's clock and proves nothing; ages are told from `received_at`.

    `cursor` orders the frames of all sittings by when they were first shown; 0 is not shown yet.
    """

    sitting_id: UUID
    seq: int
    taken_at: datetime
    received_at: datetime
    jpeg: bytes
    verdict: Verdict = Verdict.GOOD
    cursor: int = 0

    def shown_as(self, cursor: int) -> "Frame":
        """Return the frame with its cursor."""
        return replace(self, cursor=cursor)


def encode(frame: Frame) -> bytes:
    """Return the frame's record."""
    return (
        _RECORD.pack(
            frame.sitting_id.bytes,
            frame.cursor,
            frame.seq,
            milliseconds(frame.taken_at),
            milliseconds(frame.received_at),
            _VERDICTS.index(frame.verdict),
            len(frame.jpeg),
        )
        + frame.jpeg
    )


def decode(data: bytes) -> Iterator[Frame]:
    """Yield the frames of records that stand behind one another; raises struct.error when cut short."""
    at = 0
    while at < len(data):
        sitting, cursor, seq, taken, received, verdict, length = _RECORD.unpack_from(data, at)
        at += _RECORD.size
        jpeg = data[at : at + length]
        at += length
        yield Frame(UUID(bytes=sitting), seq, instant(taken), instant(received), jpeg, _VERDICTS[verdict], cursor)


def pack(frames: Sequence[Frame], cursor: int) -> bytes:
    """Return a pack of the frames, oldest cursor first; what does not fit is left for the next asking."""
    records: list[bytes] = []
    size = 0
    for frame in sorted(frames, key=lambda each: each.cursor):
        record = encode(frame)
        if size + len(record) > MOST_PACK_BYTES:
            cursor = frame.cursor - 1
            break
        size += len(record)
        records.append(record)
    return _HEAD.pack(MAGIC, cursor, len(records)) + b"".join(records)


def unpack(data: bytes) -> tuple[int, list[Frame]]:
    """Return the cursor and the frames of a pack; raises ValueError."""
    magic, cursor, count = _HEAD.unpack_from(data)
    if magic != MAGIC:
        raise ValueError("not a frame pack")
    frames = list(decode(data[_HEAD.size :]))
    if len(frames) != count:
        raise ValueError("a frame pack with another count")
    return cursor, frames


def milliseconds(at: datetime) -> int:
    """Return the instant in milliseconds since 1970."""
    return round(at.timestamp() * 1000)


def instant(since_1970: int) -> datetime:
    """Return the instant of milliseconds since 1970."""
    return datetime.fromtimestamp(since_1970 / 1000, UTC)
