"""The papers of demo cases: letters, scans and minutes as real PDF files that say what they are."""

import json
from datetime import UTC, datetime

from examsvc.core import fonts, typesetting
from examsvc.core.clock import SHANGHAI
from examsvc.demo import content_files
from examsvc.registry.cases import uploads
from examsvc.registry.cases.uploads import Upload


def paper(title: str, *lines: str, signer: str, on: datetime) -> Upload:
    """Return a one-page PDF of this title and text, dated and signed, as a checked upload."""
    day = f"{on.astimezone(SHANGHAI):%Y年%-m月%-d日}"
    told = {"title": title, "lines": lines, "signer": signer, "day": day}
    template = (content_files.FOLDER / "paper.typ").read_bytes()
    files = {typesetting.MAIN: template, "told.json": json.dumps(told, ensure_ascii=False).encode()}
    return uploads.checked(f"{title}.pdf", typesetting.typesetter(fonts.folders()).pdf(files, stamp=on.astimezone(UTC)))
