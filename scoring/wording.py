"""What two people wrote, compared fairly: width, case, spaces and the style of punctuation do not matter. Pure."""

import re
import unicodedata

# NFKC already turns full-width ，．：；！？（）％ into their Latin forms; these have no such decomposition.
_PUNCTUATION = str.maketrans(
    {
        "。": ".", "、": ",", "〈": "<", "〉": ">", "《": "<", "》": ">", "【": "[", "】": "]", "〔": "[", "〕": "]",
        "“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "～": "~", "〜": "~", "·": "·", "•": "·",
    }
)  # fmt: skip
_CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SPACE_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}]) | (?=[{_CJK}])")
_SPACE_BESIDE_SIGN = re.compile(r"(?<=[^\w]) | (?=[^\w])")


def normalised(text: str, *, keeps_case: bool = False) -> str:
    """Return the form in which two texts are the same answer.

    NFKC and, unless case matters, case-folding; invisible characters go; runs of space become one and vanish at
    the ends, beside Chinese characters (“AI 模型” is “AI模型”) and beside punctuation; Chinese punctuation becomes
    Latin.
    """
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    compatible = unicodedata.normalize("NFKC", visible)
    folded = compatible if keeps_case else unicodedata.normalize("NFKC", compatible.casefold())
    spaced = " ".join(folded.translate(_PUNCTUATION).split())
    return _SPACE_BESIDE_SIGN.sub("", _SPACE_BESIDE_CJK.sub("", spaced))
