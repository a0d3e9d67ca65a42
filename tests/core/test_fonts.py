from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from examsvc.core import fonts, settings

MASTER_KEY = "dGVzdHMgb25seTogMzIgYnl0ZXMgb2Yga2V5ISEhISE="


@pytest.fixture(autouse=True)
def folders() -> tuple[Path, ...]:
    found = settings.load({"EXAMSVC_MASTER_KEY": MASTER_KEY}).font_paths
    fonts.use_folders(found)
    return found


@pytest.mark.parametrize("text", ["", "王小明", "𬎆珺", "㐀𰻞", "买买提·吐尔逊", "O’Neil Müller"])
def test_what_the_fonts_have_can_be_drawn(text: str) -> None:
    assert fonts.undrawable(text) == set()


def test_what_no_font_has_is_named() -> None:
    assert fonts.undrawable("王\ue000😀") == {"\ue000", "😀"}


def test_the_certificate_s_own_font_is_asked_first(folders: tuple[Path, ...]) -> None:
    assert fonts._fonts(folders)[0].stem == fonts.PREFERRED


def test_the_maps_agree_with_fonttools(folders: tuple[Path, ...]) -> None:
    regular = [path for path in fonts._fonts(folders) if "Regular" in path.stem]
    assert len(regular) >= 2
    for path in regular[:3]:
        font = TTCollection(path).fonts[0] if path.suffix == ".ttc" else TTFont(path)
        spans = fonts._spans(path)
        assert {code for first, last in spans for code in range(first, last + 1)} == set(font.getBestCmap())


def test_without_fonts_nothing_is_said_to_be_drawable(tmp_path: Path) -> None:
    fonts.use_folders([tmp_path])
    with pytest.raises(RuntimeError):
        fonts.undrawable("王")
