"""What an organisation's bank holds, entered without the screens: it is many lines of one kind."""

from datetime import datetime
from typing import Any

from cast import Cast

from examsvc.accounts.models import Account
from examsvc.core.clock import SHANGHAI
from examsvc.core.db import only
from examsvc.core.identity import Identity
from questionbank import drawing
from questionbank.draw import Row
from questionbank.kinds import ItemType
from questionbank.models import ItemBank

QUESTIONS = 5


def fill(cast: Cast) -> None:
    """Write, review and release items by the API, and add a practical task."""
    cast.open("author", "/office/banks")
    cast.open("reviewer", "/office/review")
    [listed] = cast.call("author", "GET", "/api/banks")["items"]
    bank = cast.call("author", "GET", f"/api/banks/{listed['bank']['bank_id']}")
    point = bank["work_tasks"][0]["knowledge_points"][0]["knowledge_point_id"]
    for number in range(1, QUESTIONS + 1):
        _release(cast, bank["bank_id"], f"T1-{number}", point)
    _write_practical_task(cast, bank)


def _release(cast: Cast, bank_id: str, code: str, point: str) -> None:
    wording = {"type": "TRUE_FALSE", "difficulty": "EASY", "knowledge_point_id": point}
    content = {"content": {"stem": f"{code}：提示词应当写明任务和要求。"}, "key": {"value": True}}
    item = cast.call("author", "POST", f"/api/banks/{bank_id}/items", code=code, **wording, **content)
    version = f"/api/item-versions/{item['version_id']}"
    cast.call("author", "POST", f"{version}/submission")
    cast.call("reviewer", "POST", f"{version}/approval")
    cast.call("reviewer", "POST", f"{version}/release")


def _write_practical_task(cast: Cast, bank: dict[str, Any]) -> None:
    steps = [{"value": value, "text": f"{value // 100} 分"} for value in (0, 60_00, 100_00)]
    criterion = {"kind": "MEASUREMENT", "text": "完成", "guidance": "看结果", "values": steps}
    cast.call(
        "author",
        "POST",
        f"/api/banks/{bank['bank_id']}/practical-tasks",
        code="P1",
        work_task_id=bank["work_tasks"][0]["work_task_id"],
        title="搭建客服智能体",
        brief="按要求撰写提示词并搭建智能体。",
        minutes=60,
        criteria=[criterion],
    )


def plan_paper(cast: Cast) -> None:
    """Plan a paper and draw it from the bank as it was registered with the filing."""
    database, now = cast.service.open_database(), datetime(2026, 7, 1, 9, tzinfo=SHANGHAI)
    with database.transaction() as db:
        bank = only(db, ItemBank)
        author = only(db, Account, username="author")
        assert bank
        assert author
        by = Identity(name=author.display_name, account_id=author.id, roles=author.roles)
        rows = [Row(1, ItemType.TRUE_FALSE, QUESTIONS, 100_00 // QUESTIONS)]
        blueprint = drawing.add_blueprint(db, bank.id, "理论", rows, now=now)
        drawing.draw_paper(db, blueprint.id, seed="seed", by=by, now=now)
    database.close()
