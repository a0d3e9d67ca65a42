"""Logging in as a member of the demo's staff."""

from playwright.sync_api import Page
from scenes import Walk

from examsvc.demo.seeding import PASSWORD


def log_in(walk: Walk, page: Page, username: str, *, scene: str | None = None) -> None:
    """Log in where the page asks for it."""
    page.get_by_label("用户名").wait_for()
    if scene:
        walk.scene(page, scene)
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_label("用户名").wait_for(state="detached")
