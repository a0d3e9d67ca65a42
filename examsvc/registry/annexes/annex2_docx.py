"""附件2 建议书 as a text document (沪人社职〔2025〕140号 附件2)."""

from examsvc.registry.annexes import annex2_layout, word, wording
from examsvc.registry.annexes.forms import Annex2

LOOKS = {
    annex2_layout.PART: word.PART,
    annex2_layout.SECTION: word.SECTION,
    annex2_layout.SUBSECTION: word.SUBSECTION,
}


def write(annex: Annex2) -> bytes:
    """Return the .docx: the two parts of the notice with their guided sections, in its order."""
    document = word.new(wording.ANNEX_2_TITLE)
    word.add(document, wording.ANNEX_2_TITLE, word.TITLE)
    for level, text in annex2_layout.blocks(annex):
        if level == annex2_layout.TEXT:
            word.add_text(document, text)
        else:
            word.add(document, text, LOOKS[level])
    return word.saved(document)
