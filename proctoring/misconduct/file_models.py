"""Files that are evidence of misconduct: photos, documents, films. Rows are added; none is deleted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from proctoring.misconduct.models import MisconductRecord
from proctoring.misconduct.states import FileKind


class MisconductFile(Base):
    """A file of a record, in the blob store under its digest. What was taken out of the record again stays here."""

    __tablename__ = "misconduct_files"
    __table_args__ = (
        one_of("kind", FileKind),
        UniqueConstraint("record_id", "digest"),
        CheckConstraint("bytes > 0", name="bytes"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("misconduct_records.id"))
    kind: Mapped[FileKind] = mapped_column(EnumText(FileKind))
    media_type: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    bytes: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime]
    record: Mapped[MisconductRecord] = relationship()

    @property
    def sitting_id(self) -> UUID:
        """Return whose sitting the file is evidence of."""
        return self.record.sitting_id
