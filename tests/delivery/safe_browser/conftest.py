"""A candidate of an exam session that needs Safe Exam Browser, and that browser."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from world import World

from examsvc.core.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))

from safe_browsers import Browser

Reset = Callable[..., None]


@pytest.fixture
def own_key(app: Flask, nobody: Caller, world: World) -> str:
    path = f"/api/exam-sessions/{world.exam_session.id}/safe-browser"
    return str(nobody.log_in("office").get(path).json["own_config_key"])


@pytest.fixture
def needed(reset: Reset, sitter: Sitter) -> Sitter:
    reset(safe_browser_needed=True)
    return sitter.enter().check_in()


@pytest.fixture(params=[True, False], ids=["script", "headers"])
def browser(request: pytest.FixtureRequest, needed: Sitter, own_key: str, app_settings: Settings) -> Browser:
    return Browser(needed, app_settings.public_url, own_key, script=request.param)
