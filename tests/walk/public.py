"""The public's part: the home page, the registry, and a certificate's query."""

from candidate import Candidate
from playwright.sync_api import Page, expect
from scenes import Walk


def ask(walk: Walk, page: Page, candidate: Candidate, number: str) -> str:
    """Ask for the certificate and return the state the page shows."""
    page.goto(f"/certificates?number={number}")
    walk.scene(page, "public-query")
    page.locator('input[name="name"]').fill(candidate.name)
    page.locator('input[name="identity_number"]').fill(candidate.identity_number)
    page.locator('form button[type="submit"]').last.click()
    expect(page.get_by_text("有效", exact=True).first).to_be_visible()
    walk.scene(page, "public-valid")
    state: str = page.get_by_text("有效", exact=True).first.inner_text()
    return state
