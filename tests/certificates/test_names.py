import pytest

from certificates import names


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "王*明"),
        ("李娜", "李*"),
        ("𬎆珺", "𬎆*"),
        ("欧阳小明", "欧**明"),
        ("买买提·吐尔逊", "买*****逊"),
        ("A", "A*"),
    ],
)
def test_the_public_sees_the_ends_of_a_name_only(name: str, masked: str) -> None:
    assert names.masked(name) == masked


@pytest.mark.parametrize("typed", ["买买提·吐尔逊", " 买买提・吐尔逊", "买买提 • 吐尔逊 ", "买买提．吐尔逊"])
def test_middle_dots_and_spaces_do_not_keep_a_holder_from_being_found(typed: str) -> None:
    assert names.folded(typed) == names.folded("买买提·吐尔逊")


def test_another_name_stays_another_name() -> None:
    assert names.folded("王小明") != names.folded("王小朋")
