"""The .seb file of an exam session."""

import plistlib
import uuid
from collections.abc import Callable

from callers import Caller
from world import World

from examsvc.delivery.safe_browser.config_keys import config_key
from examsvc.delivery.states import ExamSessionState

Reset = Callable[..., None]


def test_anybody_may_fetch_the_settings_of_a_published_session_that_needs_them(
    nobody: Caller, world: World, reset: Reset
) -> None:
    path = f"/api/safe-browser/{world.exam_session.id}.seb"
    assert nobody.get(path).status_code == 404
    reset(safe_browser_needed=True)
    fetched = nobody.get(path)
    assert fetched.status_code == 200
    assert fetched.mimetype == "application/seb"
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    told = nobody.log_in("office").get(f"/api/exam-sessions/{world.exam_session.id}/safe-browser").json
    assert config_key(plistlib.loads(fetched.data)) == told["own_config_key"]
    assert told["quit_password"] not in fetched.text


def test_the_settings_of_a_draft_are_the_offices_alone(nobody: Caller, world: World, reset: Reset) -> None:
    reset(safe_browser_needed=True, state=ExamSessionState.DRAFT)
    assert nobody.get(f"/api/safe-browser/{world.exam_session.id}.seb").status_code == 404
    own = f"/api/exam-sessions/{world.exam_session.id}/safe-browser/settings"
    assert nobody.get(own).status_code == 401
    office = nobody.log_in("office")
    assert plistlib.loads(office.get(own).data)["sebConfigPurpose"] == 0
    assert office.get(f"/api/exam-sessions/{uuid.uuid4()}/safe-browser/settings").status_code == 404


def test_each_exam_session_has_a_password_of_its_own_to_leave(nobody: Caller, world: World) -> None:
    office = nobody.log_in("office")
    path = f"/api/exam-sessions/{world.exam_session.id}/safe-browser"
    first, again = (office.get(path).json["quit_password"] for _ in range(2))
    assert first == again
    assert [len(group) for group in first.split("-")] == [4, 4, 4]
