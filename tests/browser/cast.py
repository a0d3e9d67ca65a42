"""Everybody who takes part in a case, each in a browser of their own, in a time that the test moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from browsers import BROWSER_NOISE
from callers import PASSWORD
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from running import MovedService
from world import _PASSWORD_HASH

from examsvc.accounts import service as accounts
from examsvc.accounts.roles import Role
from examsvc.core.clock import SHANGHAI
from examsvc.core.identity import system
from examsvc.registry.cases.models import Affiliation, Department

DEPARTMENT, DISTRICT = "上海市示例行业主管部门", "浦东新区"
EXPERTS = ("顾文清", "陆思远", "钱若兰")
PEOPLE = {
    "clerk": ("科员小周", Role.RECOMMENDER),
    "centre1": ("中心老陈", Role.REGISTRAR),
    "centre2": ("中心小吴", Role.REGISTRAR),
    "bureau": ("市局老李", Role.BUREAU),
    "district": ("区局小郑", Role.DISTRICT),
    "author": ("命题员", Role.AUTHOR),
    "reviewer": ("审题员", Role.REVIEWER),
    **{f"expert{number}": (name, Role.EXPERT) for number, name in enumerate(EXPERTS, start=1)},
}
VIEWPORT = {"width": 1280, "height": 800}


@dataclass
class Cast:
    """The people of one case before one service."""

    chromium: Browser
    service: MovedService
    faults: list[str] = field(default_factory=list)
    passwords: dict[str, str] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)
    _contexts: dict[str, BrowserContext] = field(default_factory=dict)

    def move_to(self, *wall: int) -> None:
        """Let it be this time on Shanghai's clock: year, month, day, hour; all browsers are closed over it."""
        self.leave()
        self.service.move_to(datetime(*wall, tzinfo=SHANGHAI))

    def open(self, who: str, path: str) -> Page:
        """Return the only page of somebody's browser, at this address; who has no password looks on as the public."""
        if who not in self._contexts:
            self._contexts[who] = self._enter(who)
        page = self._contexts[who].pages[0]
        page.goto(path)
        return page

    def call(self, who: str, method: str, path: str, **body: Any) -> Any:
        """Return what the API answers to somebody whose browser is open."""
        headers = {"X-CSRF-Token": self._tokens[who]}
        answer = self._contexts[who].request.fetch(path, method=method, data=body or None, headers=headers)
        assert answer.ok, answer.text()
        return answer.json()

    def leave(self) -> None:
        for context in self._contexts.values():
            context.close()
        self._contexts.clear()

    def hire(self) -> None:
        """Give everybody but the organisation, which comes later, an account and a place."""
        database = self.service.open_database()
        now = datetime(2026, 1, 5, 9, tzinfo=SHANGHAI)
        with database.transaction() as db:
            department = Department(name=DEPARTMENT, created_at=now)
            db.add(department)
            db.flush()
            places = {"clerk": {"department_id": department.id}, "district": {"district": DISTRICT}}
            for username, (name, role) in PEOPLE.items():
                account = accounts.create_account(
                    db, username, name, [role], password=None, by=system("tests"), now=now
                )
                account.password_hash = _PASSWORD_HASH
                self.passwords[username] = PASSWORD
                if username in places:
                    db.add(Affiliation(account_id=account.id, **places[username]))
        database.close()

    def _enter(self, who: str) -> BrowserContext:
        context = self.chromium.new_context(
            base_url=self.service.url, viewport=VIEWPORT, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        if who in self.passwords:
            answer = context.request.post("/api/login", data={"username": who, "password": self.passwords[who]})
            assert answer.ok, answer.text()
            self._tokens[who] = answer.json()["csrf_token"]
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note)
        return context

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(BROWSER_NOISE):
            self.faults.append(message.text)


@contextmanager
def playing(chromium: Browser, folder: Path) -> Iterator[Cast]:
    """Run a service in a time of its own for the cast; pages that threw, or wrote errors to their console, fail."""
    service = MovedService(folder)
    service.make_schema()
    cast = Cast(chromium, service)
    cast.hire()
    service.start()
    try:
        yield cast
        cast.leave()
    finally:
        service.kill()
    assert cast.faults == []
