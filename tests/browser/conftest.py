"""A real service, a real browser. Pages that throw, or that write errors to their console, fail their test."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

import candidates
import running
from browsers import BROWSER_NOISE, CHROMIUM, DESKTOP, FLAGS, PageFor
from callers import PASSWORD
from exams import Seed, Ticket
from proctors import Proctor
from running import Service

TIMEOUT_MS = float(os.environ.get("BROWSER_TIMEOUT_MS", "15000"))
expect.set_options(timeout=TIMEOUT_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
    # The longest first: what breaks there is told early.
    items.sort(key=lambda item: not {"browser", "slow"} <= {mark.name for mark in item.iter_markers()})


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service over a data folder of its own; its process group is killed at the end."""
    with running.serving(tmp_path_factory.mktemp("service")) as service:
        assert service.settings.frontend_dir.is_dir(), "build the frontend first: make frontend"
        yield service


@pytest.fixture(scope="session")
def seed(service: Service) -> Iterator[Seed]:
    """People, a filed scheme, a bank, a paper; and exam sessions as a test wants them."""
    seed = Seed(service)
    yield seed
    seed.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page_for(chromium: Browser, service: Service) -> Iterator[PageFor]:
    """`page_for("proctor1", "/wall/")`, `page_for(ticket)`, `page_for(None, "/candidate/")`: a browser of one's own.

    With a page as `beside`, a second tab of the same browser instead. More options go to the browser's context.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(
        who: str | Ticket | None, path: str = "/candidate/", beside: Page | None = None, **options: Any
    ) -> Page:
        context = beside.context if beside else _context(chromium, service, options)
        if not beside:
            contexts.append(context)
            _log_in(context, who)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: _note(message, faults))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def proctor(chromium: Browser, service: Service, seed: Seed) -> Iterator[Proctor]:
    """proctor1 in front of the API, without a page."""
    context = chromium.new_context(base_url=service.url)
    yield Proctor(context)
    context.close()


@pytest.fixture
def office(chromium: Browser, service: Service, seed: Seed) -> Iterator[Proctor]:
    """The office in front of the API, without a page."""
    context = chromium.new_context(base_url=service.url)
    yield Proctor(context, "office")
    context.close()


def _context(chromium: Browser, service: Service, options: dict[str, Any]) -> BrowserContext:
    wishes = {"viewport": DESKTOP, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "permissions": ["camera"]}
    context = chromium.new_context(**{**wishes, **options}, base_url=service.url)
    context.set_default_timeout(TIMEOUT_MS)
    return context


def _log_in(context: BrowserContext, who: str | Ticket | None) -> None:
    if isinstance(who, Ticket):
        candidates.log_in(context, who)
    elif who:
        answer = context.request.post("/api/login", data={"username": who, "password": PASSWORD})
        assert answer.ok, answer.text()


def _note(message: ConsoleMessage, faults: list[str]) -> None:
    if message.type == "error" and not message.text.startswith(BROWSER_NOISE):
        faults.append(message.text)
