"""Many cases, and a million audit rows, put into PostgreSQL in bulk."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from examsvc.core.ids import new_id
from examsvc.registry.cases.states import CaseState
from examsvc.registry.desks import grams

SCHEMES = ("人工智能模型运用", "智能体应用开发", "直播数据分析", "无人机巡检操作", "工业机器人运维", "碳排放核查")
PROPOSAL = json.dumps({"background": "说明" * 400, "features": "特点" * 400}, ensure_ascii=False)
FILING_YEARS = timedelta(days=3 * 365)


def fill_audit(server: str, ids: Sequence[UUID], rows: int) -> None:
    """Write `rows` audit entries, as many to each case's stream."""
    with psycopg.connect(server) as connection:
        connection.execute("CREATE TABLE bench_ids (id uuid)")
        with connection.cursor().copy("COPY bench_ids FROM STDIN") as copy:
            for key in ids:
                copy.write_row([key])
        connection.execute(
            "INSERT INTO audit_entries (id, stream, seq, at, actor, actor_name, action, detail, prev_hash, hash) "
            "SELECT gen_random_uuid(), 'case:' || id, n, now() - n * interval '1 hour', 'system:bench', 'bench', "
            "'case.touched', '{}', repeat('0', 64), repeat('0', 64) FROM bench_ids, generate_series(1, %s) n",
            [rows // len(ids)],
        )


def fill(server: str, ids: Sequence[UUID], now: datetime) -> None:
    """Write the cases with their annexes, what they are found by, and the filings of those that are filed."""
    with psycopg.connect(server) as connection:
        found = connection.execute("SELECT id FROM departments ORDER BY name").fetchall()
        departments = [row[0] for row in found]
        batches = [_batch(department, now) for department in departments]
        copy(connection, "recommendations", batches)
        filed = _specification(connection, now)
        cases = list(_cases(ids, batches, now))
        copy(connection, "filings", [_filing(case, *filed, now) for case in cases if case["state"] == CaseState.FILED])
        copy(connection, "cases", cases)
        copy(connection, "case_proposals", [_proposal(case) for case in cases])
        copy(connection, "case_grams", [one for case in cases for one in _grams(case)])


def _batch(department_id: UUID, now: datetime) -> dict[str, Any]:
    contact = {"contact_name": "周敏", "contact_phone": "021-55550000", "title": "推荐"}
    own = {"id": new_id(), "department_id": department_id, "state": "SUBMITTED", "version": 1}
    return {**own, **contact, "created_at": now, "submitted_at": now}


def _cases(ids: Sequence[UUID], batches: Sequence[dict[str, Any]], now: datetime) -> Iterator[dict[str, Any]]:
    states, schemes, batch = cycle(CaseState), cycle(SCHEMES), cycle(batches)
    for number, key in enumerate(ids):
        whose, state, since = next(batch), next(states), now - timedelta(minutes=7 * number)
        yield {
            "id": key,
            "number": f"测-{key.hex[-12:]}",
            "recommendation_id": whose["id"],
            "department_id": whose["department_id"],
            "position": 1,
            "scheme_name": f"{next(schemes)}{number}",
            "occupation_code": "4-04-05",
            "occupation_name": "软件和信息技术服务人员",
            "version": 1,
            "industries": "人工智能、电子信息",
            "organisation_name": f"上海第{number}技术有限公司",
            "credit_code": f"91310000{number % 500:010d}",
            "credit_code_proven": False,
            "expected_candidates": 1000,
            "reason": "行业规划需要",
            "district": "浦东新区",
            "state": state,
            "state_since_at": since,
            "due_at": since + timedelta(days=90),
            "created_at": since,
            "filing_id": new_id() if state == CaseState.FILED else None,
        }


def _specification(connection: psycopg.Connection[Any], now: datetime) -> tuple[UUID, UUID]:
    scheme = {"id": new_id(), "name": f"项目{new_id().hex[-8:]}", "occupation_code": "4-04-05"}
    copy(connection, "schemes", [{**scheme, "occupation_name": "软件", "industries": "智能", "created_at": now}])
    own = {"id": new_id(), "scheme_id": scheme["id"], "version": 1, "definition": "能力", "audience": "劳动者"}
    copy(connection, "scheme_specifications", [{**own, "theory_minutes": 60, "decimals": 1, "created_at": now}])
    organisation = connection.execute("SELECT id FROM organisations LIMIT 1").fetchone()
    return (organisation or (new_id(),))[0], own["id"]  # type: ignore[return-value]


def _filing(case: dict[str, Any], organisation_id: UUID, specification_id: UUID, now: datetime) -> dict[str, Any]:
    days = {"valid_from_on": now.date(), "valid_to_on": (now + FILING_YEARS).date(), "state": "IN_FORCE"}
    whose = {"organisation_id": organisation_id, "specification_id": specification_id}
    return {"id": case["filing_id"], "number": case["number"], **whose, **days}


def _proposal(case: dict[str, Any]) -> dict[str, Any]:
    return {"case_id": case["id"], "proposal": PROPOSAL, "main_content": "{}"}


def _grams(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    told = ("number", "scheme_name", "occupation_code", "occupation_name", "industries", "organisation_name", "reason")
    for gram in grams.of_texts(case[name] for name in told):
        yield {"gram": gram, "case_id": case["id"]}


def copy(connection: psycopg.Connection[Any], table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Write the rows, which have the same columns, in one go."""
    if not rows:
        return
    names = sql.SQL(", ").join(map(sql.Identifier, rows[0]))
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor().copy(command) as copy:
        for row in rows:
            copy.write_row(list(row.values()))
