"""Item banks, and the files that their items show."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base, one_of
from examsvc.registry.models import Organisation, SchemeSpecification
from questionbank.content.media import MediaKind


class ItemBank(Base):
    """The items an organisation keeps for one specification.

    wrapped_key: of a secret bank, its data key as the master key wrapped it; what its items say is encrypted under it.
    """

    __tablename__ = "item_banks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    specification_id: Mapped[UUID] = mapped_column(ForeignKey("scheme_specifications.id"))
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    wrapped_key: Mapped[str | None] = mapped_column(Text)
    organisation: Mapped[Organisation] = relationship()
    specification: Mapped[SchemeSpecification] = relationship()

    @property
    def is_secret(self) -> bool:
        return self.wrapped_key is not None


class ItemMedium(Base):
    """试题素材: a file that items of the bank may show; its bytes are the blob with this digest.

    Width and height are pixels, of pictures alone.
    """

    __tablename__ = "item_media"
    __table_args__ = (one_of("kind", MediaKind),)

    bank_id: Mapped[UUID] = mapped_column(ForeignKey("item_banks.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[MediaKind] = mapped_column(String(10))
    media_type: Mapped[str] = mapped_column(String(80))
    width: Mapped[int | None]
    height: Mapped[int | None]
    bytes: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
