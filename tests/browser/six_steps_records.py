"""What each of the parties reads about the case afterwards: in words, and without the experts' names."""

import re

from cast import EXPERTS, Cast
from playwright.sync_api import Page, expect
from six_steps_applying import ORGANISATION

MACHINE_WORDS = re.compile(r"\b[a-z_]+\.[a-z_]+\b|\b[A-Z]+_[A-Z_]+\b|\boffice\.|(?:rows|came_from|side)[：:]")

WHOLE = "办理记录"


def look_back(cast: Cast, case: str) -> None:
    for who in ("clerk", ORGANISATION):
        page = cast.open(who, case)
        told = _timeline(page)
        expect(page.get_by_text("由专家组评估").first).to_be_visible()
        assert "备案" in told
        assert [name for name in EXPERTS if name in page.locator("main").inner_text()] == []
    page = cast.open("centre1", case)
    assert set(EXPERTS) <= set(re.findall("|".join(EXPERTS), _timeline(page)))
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    _timeline(page, "History")


def _timeline(page: Page, name: str = WHOLE) -> str:
    """Return the words of the case's history, which are words."""
    lines = page.locator("section", has=page.get_by_role("heading", name=name, exact=True))
    expect(lines.get_by_role("listitem").first).to_be_visible()
    if name == WHOLE:  # it stays whole in the other language
        lines.get_by_role("button").click()
    expect(lines.get_by_role("button")).to_have_count(0)
    told = lines.inner_text()
    assert MACHINE_WORDS.findall(told) == []
    return told
