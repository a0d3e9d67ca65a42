"""The office's and the decision maker's part, and what authors and supervisors see."""

from candidate import Candidate
from playwright.sync_api import Page, expect
from scenes import Walk


def see_session(walk: Walk, page: Page) -> None:
    """The office looks at the running session."""
    page.goto("/office/sessions")
    page.get_by_role("link", name="开放中").wait_for()
    walk.scene(page, "office-sessions")
    page.get_by_role("link", name="开放中").click()
    page.get_by_role("link", name="报名").wait_for()
    walk.scene(page, "office-session")
    for tab, scene in (("报名", "office-enrolments"), ("监考与考评", "office-people"), ("成绩", "office-results")):
        page.get_by_role("link", name=tab, exact=True).click()
        page.wait_for_load_state("networkidle")
        walk.scene(page, scene)


def decide(walk: Walk, page: Page, candidate: Candidate) -> None:
    """Award, on the full breakdown."""
    page.goto("/office/decisions")
    page.get_by_role("link", name="开放中").click()
    card = page.locator("section.card").filter(has_text=candidate.name)
    card.wait_for()
    walk.scene(page, "decision")
    card.get_by_role("button", name="同意发证").click()
    expect(page.get_by_role("row").filter(has_text=candidate.name)).to_be_visible()
    walk.scene(page, "decision-made")


def certificate_number(walk: Walk, page: Page, candidate: Candidate) -> str:
    """Wait until the worker has issued the certificate; return its number."""
    page.goto("/office/sessions")
    page.get_by_role("link", name="开放中").click()
    page.get_by_role("link", name="证书", exact=True).click()
    row = page.get_by_role("row").filter(has_text=candidate.name)
    for _ in range(20):
        if row.count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
        page.wait_for_load_state("networkidle")
    walk.scene(page, "office-certificates")
    number: str = row.inner_text()
    return next(word for word in number.split() if word.startswith("SP-"))


def look_around(walk: Walk, page: Page, *places: tuple[str, str]) -> None:
    """Photograph pages by address."""
    for path, scene in places:
        page.goto(path)
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        walk.scene(page, scene)
