"""What a calibration told about a version."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core.db import Base


class ItemCalibration(Base):
    """试题标定: the latest estimates of a version: P(right) = 1 / (1 + exp(−slope·(θ − difficulty))).

    expected: the share of people at the pass mark who get it right; information: what it tells there, per θ².
    people: how many sat; model: the model's name.
    """

    __tablename__ = "item_calibrations"
    __table_args__ = (
        CheckConstraint("expected > 0 AND expected < 1", name="expected"),
        CheckConstraint("information > 0", name="information"),
        CheckConstraint("people > 0", name="people"),
    )

    version_id: Mapped[UUID] = mapped_column(ForeignKey("item_versions.id", ondelete="CASCADE"), primary_key=True)
    model: Mapped[str] = mapped_column(String(10))
    slope: Mapped[float]
    difficulty: Mapped[float]
    expected: Mapped[float]
    information: Mapped[float]
    people: Mapped[int]
    calibrated_at: Mapped[datetime]
