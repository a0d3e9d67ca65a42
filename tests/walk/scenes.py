"""A walk's scenes: every page that is shown is photographed and held against WCAG 2.2 AA."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

DESKTOP = {"width": 1366, "height": 768}
TABLET = {"width": 1280, "height": 800}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
GRAVE = ("serious", "critical")


class Walk:
    """Opens pages for people and keeps what was seen: numbered pictures, and violations of accessibility."""

    def __init__(self, browser: Browser, url: str, folder: Path) -> None:
        self.browser, self.url, self.folder = browser, url, folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.seen: list[dict[str, Any]] = []

    @contextmanager
    def person(self, path: str, *, viewport: dict[str, int] | None = None, locale: str = "zh-CN") -> Iterator[Page]:
        """Yield a page at `path` in a browser context of its own; a page that throws ends the walk."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport=viewport or DESKTOP,
            locale=locale,
            timezone_id="Asia/Shanghai",
            permissions=["camera"],
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        thrown: list[str] = []
        page.on("pageerror", lambda error: thrown.append(str(error)))
        page.goto(path)
        yield page
        context.close()
        if thrown:
            raise AssertionError(f"{path} threw: {thrown}")

    def scene(self, page: Page, name: str) -> None:
        """Photograph the page and look for violations."""
        number = len(self.seen) + 1
        page.get_by_text("正在加载").first.wait_for(state="hidden")
        page.wait_for_timeout(250)  # fades end
        page.screenshot(path=self.folder / f"{number:02d}-{name}.png")
        violations = Axe().run(page, options=RULES).response["violations"]
        found = [_violation(each) for each in violations if each["impact"] in GRAVE]
        self.seen.append({"scene": name, "violations": found})
        print(
            f"  {number:02d} {name}" + "".join(f"\n     ! {each['id']}: {each['targets'][:3]}" for each in found),
            flush=True,
        )

    def grave(self) -> list[dict[str, Any]]:
        """Return the scenes with serious or critical violations, and keep the whole list beside the pictures."""
        (self.folder / "accessibility.json").write_text(json.dumps(self.seen, ensure_ascii=False, indent=1))
        return [scene for scene in self.seen if scene["violations"]]


def _violation(found: dict[str, Any]) -> dict[str, Any]:
    targets = [" ".join(map(str, node["target"])) for node in found["nodes"]]
    return {"id": found["id"], "impact": found["impact"], "help": found["help"], "targets": targets}
