"""What is set on paper for an exam session, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from examsvc.core import fonts, typesetting
from examsvc.delivery.errors import CannotBeHandedOut


@dataclass(frozen=True)
class Printed:
    pdf: bytes
    file_name: str


@dataclass(frozen=True)
class Manuscript:
    """Files by name, main.typ among them; to set them takes long and asks the database nothing."""

    files: Mapping[str, bytes]
    stamp: datetime
    file_name: str

    def printed(self) -> Printed:
        """Return the PDF with its name; raises CannotBeHandedOut."""
        try:
            return Printed(self.pdf(), self.file_name)
        except typesetting.CannotBeTypeset as error:
            raise CannotBeHandedOut(reason=str(error)) from error

    def pdf(self) -> bytes:
        """Return what the files are set to; raises CannotBeTypeset."""
        return typesetting.typesetter(fonts.folders()).pdf(self.files, stamp=self.stamp)
