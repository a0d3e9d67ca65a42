import pytest

from examsvc.core import fonts, sealing, settings
from examsvc.delivery import identity_numbers, names
from examsvc.delivery.errors import BadIdentityNumber, BadName, NameNotDrawable

OFFICIAL_SAMPLE = "11010519491231002X"  # GB 11643-1999


@pytest.fixture(autouse=True)
def parts() -> None:
    fonts.use_folders(settings.load({"EXAMSVC_MASTER_KEY": "dGVzdHMgb25seTogMzIgYnl0ZXMgb2Yga2V5ISEhISE="}).font_paths)
    sealing.use_master_key(b"tests only: 32 bytes of key!!!!!")


@pytest.mark.parametrize("number", [OFFICIAL_SAMPLE, " 11010519491231002x\n"])
def test_a_number_is_taken_in_its_compact_form(number: str) -> None:
    assert identity_numbers.checked(number) == OFFICIAL_SAMPLE


@pytest.mark.parametrize(
    "number", ["", "1", "110105194912310021", "11010519491331002X", "1101051949123100 2X", "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X"]
)
def test_a_number_that_fails_form_date_or_check_is_refused(number: str) -> None:
    with pytest.raises(BadIdentityNumber):
        identity_numbers.checked(number)


@pytest.mark.parametrize(
    ("number", "masked"), [(OFFICIAL_SAMPLE, "110**************X"), ("1234567", "*******"), ("", "")]
)
def test_a_mask_hides_nearly_all_and_of_something_short_all(number: str, masked: str) -> None:
    assert identity_numbers.masked(number) == masked


@pytest.mark.parametrize(
    ("digits", "right"), [("31002X", True), (" 31002x ", True), ("31002", False), ("", False), ("310021", False)]
)
def test_the_last_six_characters_prove(digits: str, right: bool) -> None:
    assert identity_numbers.ends_with(identity_numbers.seal(OFFICIAL_SAMPLE), digits) is right


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王小明", "王小明"),
        (" 买买提 · 吐尔逊 ", "买买提 · 吐尔逊"),
        ("𬎆珺", "𬎆珺"),
        ("O’Neil-Müller", "O’Neil-Müller"),
        ("Mu\u0308ller", "Müller"),
    ],
)
def test_a_name_is_kept_composed_with_single_spaces(typed: str, kept: str) -> None:
    assert names.checked(typed) == kept


@pytest.mark.parametrize(
    "name", ["", " ", "王\x00", "王\u202e明", "王1", "<b>王</b>", "=1+1", "王,明", "长" * 61, "😀"]
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(BadName):
        names.checked(name)


def test_a_name_that_no_font_can_draw_is_refused_with_its_characters() -> None:
    with pytest.raises(NameNotDrawable) as refused:
        names.checked("王\ue000𪚥")
    assert set(refused.value.extra["characters"]) == {"\ue000", "𪚥"}
