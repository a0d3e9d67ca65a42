import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageColor, ImageDraw, ImageFont

from certificates import drawing
from certificates.errors import CannotBePrinted
from certificates.typefaces import PIXELS, REGULAR, Family, Typefaces
from examsvc.core import settings

pytestmark = pytest.mark.slow

POINT = 150 / 72  # pixels
NAME = tuple(round(length * POINT) for length in (drawing.VALUES, drawing.TOP, 394, drawing.TOP + 14.5))
PHOTO = tuple(round(length * POINT) for length in (419.53, 204.35, 501.73, 319.44))
UNDRAWABLE = "\U0010ffff"


@pytest.fixture(scope="module")
def typefaces(tmp_path_factory: pytest.TempPathFactory) -> Typefaces:
    return Typefaces(settings.load({"EXAMSVC_DATA_DIR": str(tmp_path_factory.mktemp("data"))}).font_paths)


def face(**words: str) -> dict[str, str]:
    return {
        "title": "专项职业能力证书",
        "subtitle": "CERTIFICATE OF SPECIALISED VOCATIONAL COMPETENCE",
        "name": "王小明",
        "document": "居民身份证",
        "identity_number": "310101199003073877",
        "scheme": "人工智能模型运用",
        "occupation": "软件和信息技术服务人员（4-04-05）",
        "specification": "《人工智能模型运用专项职业能力考核规范》第 1 版",
        "number": "SP-2026-S5GX-DZJ8-QCX3-Z",
        "body": "王小明 参加“人工智能模型运用”专项职业能力考核，考核合格，特发此证。",
        "organisation": "上海测试职业技能培训有限公司",
        "credit_code": "91350100M000100Y43",
        "issued_on": "2026 年 11 月 23 日",
        "remark": "证书编号为试点内部编号。",
        "digest": "a" * 64,
        "query_url": "https://ks.example.cn/certificates?number=SP-2026-S5GX-DZJ8-QCX3-Z",
        "query_address": "https://ks.example.cn/certificates",
        **words,
    }


def page(typefaces: Typefaces, portrait: Image.Image | None = None, **words: str) -> Image.Image:
    return Image.open(io.BytesIO(drawing.png(face(**words), portrait, typefaces)))


def ink(picture: Image.Image) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return where the picture is dark: the words, not the hairlines or the rosette."""
    return np.array(picture.convert("L")) < 128


def drawn_alone(font: ImageFont.FreeTypeFont, character: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return the character's ink, where and as large as the name's first character is on the page."""
    size = NAME[2] - NAME[0], NAME[3] - NAME[1]
    picture = Image.new("L", (2 * size[0], 2 * size[1]), "white")
    at = (drawing.VALUES * PIXELS - 2 * NAME[0], (drawing.TOP + drawing.ASCENT) * PIXELS - 2 * NAME[1])
    ImageDraw.Draw(picture).text(at, character, "black", font, anchor="ls")
    return ink(picture.resize(size, Image.Resampling.LANCZOS))


def likeness(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    """Return the share of their ink that two pictures have in common."""
    return float((one & other).sum() / max(1, (one | other).sum()))


def test_a_rare_name_is_drawn_and_not_the_box_of_a_missing_glyph(typefaces: Typefaces) -> None:
    drawn = ink(page(typefaces, name="𬎆").crop(NAME))
    font = typefaces.font("𬎆", Family.KAI, REGULAR, 13)
    assert font.getname() == ("LXGW WenKai", "Regular")
    assert likeness(drawn, drawn_alone(font, "𬎆")) > 0.7
    assert likeness(drawn, drawn_alone(font, UNDRAWABLE)) < 0.3
    assert drawn.sum() > 50


@pytest.mark.parametrize("where", ["name", "scheme", "organisation", "body"])
def test_a_character_without_a_glyph_is_refused_wherever_it_is(typefaces: Typefaces, where: str) -> None:
    with pytest.raises(CannotBePrinted, match=r"U\+10FFFF"):
        page(typefaces, **{where: f"王{UNDRAWABLE}"})


def test_a_character_that_one_typeface_lacks_is_taken_from_another(typefaces: Typefaces) -> None:
    assert typefaces.font("明", Family.KAI, REGULAR, 13).getname()[0] == "LXGW WenKai"
    assert typefaces.font("≶", Family.KAI, REGULAR, 13).getname()[0] == "Noto Serif CJK SC"
    assert typefaces.font("𠀤", Family.KAI, REGULAR, 13).getname()[0] == "Noto Sans CJK SC"
    drawn = ink(page(typefaces, name="𠀤").crop(NAME))
    assert likeness(drawn, drawn_alone(typefaces.font("𠀤", Family.SANS, REGULAR, 13), "𠀤")) > 0.7


def test_without_any_typeface_nothing_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(CannotBePrinted):
        page(Typefaces([tmp_path]))


def test_the_qr_code_leads_to_the_query(typefaces: Typefaces) -> None:
    (found,) = zxingcpp.read_barcodes(page(typefaces))
    assert found.text == face()["query_url"]


def test_the_frame_and_its_ornaments_have_their_colours(typefaces: Typefaces) -> None:
    drawn = page(typefaces)
    at = {(71, 877): "#9b1c1c", (1168, 877): "#9b1c1c", (620, 71): "#9b1c1c", (620, 1682): "#9b1c1c",
          (136, 136): "#9b1c1c", (620, 342): "#b08d4c", (106, 150): "#b08d4c", (1133, 1600): "#b08d4c"}  # fmt: skip
    for place, colour in at.items():
        difference = np.subtract(drawn.getpixel(place), ImageColor.getrgb(colour))
        assert abs(difference).max() < 24, place  # smoothing makes thin lines a little darker or lighter


def test_a_photo_fills_its_frame(typefaces: Typefaces) -> None:
    with_photo = np.array(page(typefaces, Image.new("RGB", (600, 600), "navy")).crop(PHOTO))[4:-4, 4:-4]
    assert (with_photo == (0, 0, 128)).all()
    without = np.array(page(typefaces).crop(PHOTO))[4:-4, 4:-4]
    assert (without == 255).all(axis=2).mean() > 0.95


@pytest.mark.parametrize(
    "words",
    [
        {"organisation": "机" * 60},
        {"organisation": "Shanghai Artificial Intelligence Model Vocational Skills Training Company Limited"},
        {"name": "买" * 60, "scheme": "项" * 40, "specification": f"《{'项' * 40}专项职业能力考核规范》第 12 版"},
        {"name": "A" * 60, "body": "A" * 100 + " 参加"},
        {"query_address": f"https://{'long.' * 40}example.cn/certificates"},
    ],
)
def test_long_words_stay_between_the_margins(typefaces: Typefaces, words: dict[str, str]) -> None:
    drawn = ink(page(typefaces, **words))
    left, right, foot = round(drawing.LEFT * POINT), round(drawing.RIGHT * POINT), round(drawing.FOOT * POINT)
    assert not drawn[300:1500, 90 : left - 14].any()  # a bracket may hang out by half its width
    assert not drawn[300:1500, right + 3 : 1150].any()
    assert not drawn[foot + 8 : 1660, 180:1060].any()


def test_what_has_no_room_above_the_issuer_is_refused(typefaces: Typefaces) -> None:
    with pytest.raises(CannotBePrinted, match="one page"):
        page(typefaces, body="买" * 700)
