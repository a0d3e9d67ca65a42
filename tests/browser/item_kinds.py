"""A paper with an item of each type that a machine marks, with formulas, a picture and a recording to be heard once."""

import io
import wave
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from exams import Seed
from items import DIGEST, PICTURE, PLAIN, composite, picture_file
from sqlalchemy import select
from sqlalchemy.orm import Session

from questionbank import authoring, drawing, releasing, reviewing
from questionbank.authoring import Wording
from questionbank.content import with_digests
from questionbank.draw import Row
from questionbank.kinds import Difficulty, ItemType
from questionbank.media import keeping
from questionbank.models import ItemBank
from questionbank.registration import registering

T = ItemType
SOUND_SECONDS = 2
ROWS = [
    Row(1, T.SINGLE_CHOICE, 1, 10_00),
    Row(1, T.INLINE_CHOICE, 1, 10_00),
    Row(1, T.ORDERING, 1, 15_00),
    Row(1, T.MATCHING, 1, 15_00),
    Row(2, T.HOTSPOT, 1, 20_00),
    Row(2, T.COMPOSITE, 1, 30_00),
]


def draw_paper(seed: Seed) -> UUID:
    """Fill a bank with one item of each type, draw a paper of all of them and return its id."""
    with seed.transaction() as db:
        bank = new_bank(db, "每种题型")
        kept = keeping.keep(db, bank.id, "界面.png", picture_file(), by=seed.by(db, "author"), now=datetime.now(UTC))
        sound = keeping.keep(db, bank.id, "录音.wav", tone(), by=seed.by(db, "author"), now=datetime.now(UTC))
        recording = {
            "digest": sound.digest,
            "kind": sound.kind,
            "media_type": sound.media_type,
            "alt": "录音",
            "plays": 1,
        }
        for row in ROWS:
            content, key = _wording(row.type, recording)
            _release(seed, db, bank, row, with_digests(content, {DIGEST: kept.digest}), key)
        registering.register(db, bank.id, filing_id=seed.filing_id, by=seed.by(db, "office"), now=datetime.now(UTC))
        blueprint = drawing.add_blueprint(db, bank.id, "每种题型一题", ROWS, now=datetime.now(UTC))
        paper = drawing.draw_paper(db, blueprint.id, seed="seed", by=seed.by(db, "office"), now=datetime.now(UTC))
        return paper.id


def tone() -> bytes:
    """Return a quiet WAV."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8_000)
        sound.writeframes(bytes([126, 126, 130, 130]) * 2_000 * SOUND_SECONDS)
    return file.getvalue()


def new_bank(db: Session, name: str) -> ItemBank:
    """Return an empty bank of the organisation and the specification that the world has."""
    first = db.scalars(select(ItemBank)).first()
    assert first
    now = datetime.now(UTC)
    return authoring.create_bank(db, first.organisation_id, first.specification_id, name, now=now)


def _wording(kind: ItemType, recording: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content, key = composite(T.SINGLE_CHOICE, T.FILL_IN) if kind is T.COMPOSITE else PLAIN[kind]
    if kind is T.SINGLE_CHOICE:
        picture = {"digest": DIGEST, "kind": "PICTURE", "media_type": PICTURE["media_type"], "alt": PICTURE["alt"]}
        return {**content, "stem": r"求 \(\frac{1}{2}\)", "media": [picture, recording]}, key
    return content, key


def _release(seed: Seed, db: Session, bank: ItemBank, row: Row, content: dict[str, Any], key: dict[str, Any]) -> None:
    tasks = {task.number: task for task in bank.specification.work_tasks}
    point_id = tasks[row.work_task].knowledge_points[0].id
    author, now = seed.by(db, "author"), datetime.now(UTC)
    wording = Wording(row.type, Difficulty.EASY, point_id, content, key, "")
    version = authoring.write_item(db, bank.id, f"K-{row.type}", wording, by=author, now=now)
    reviewing.submit(db, version.id, by=author, now=now)
    reviewing.approve(db, version.id, by=seed.by(db, "reviewer"), now=now)
    releasing.release(db, version.id, by=seed.by(db, "reviewer"), now=now)
