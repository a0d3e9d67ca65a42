"""How long lists and searches of an item bank take at 1,000 and at 50,000 items, as ratios: `make bench-bank`.

A PostgreSQL of its own is started with a database for each size, filled and thrown away. The two are asked in turn, so
that whatever else the machine does slows both. Requests go through the whole application, called in this process.
"""

import gc
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))  # before it: tests/questionbank is not the package

import psycopg
import servers
from callers import Caller
from filling import copy
from psycopg.types.json import Json
from world import World

from examsvc.app import create_app
from examsvc.core import clock, logs, settings
from examsvc.core.ids import new_id
from examsvc.wiring import METADATA
from questionbank import content, searching
from questionbank.kinds import Bloom, Difficulty, Importance

SMALL, LARGE = 1_000, 50_000
ROUNDS, WARM_UP, MOST_RATIO = 300, 10, 2.0
PERCENT = 100
STATES = ("DRAFT", *["IN_REVIEW"] * 3, *["RELEASED"] * 96)
SUBJECTS = (
    "提示词",
    "智能体",
    "知识库",
    "数据标注",
    "模型评测",
    "图像识别",
    "语音合成",
    "检索增强",
    "工作流",
    "安全用电",
)
VERBS = ("撰写", "备份")  # two words are held by 50 items of 1,000: a page is full at either size
PAGES = {
    "list": "",
    "by state": "?state=RELEASED",
    "rare state": "?state=DRAFT",
    "by type": "?type=SINGLE_CHOICE&difficulty=HARD",
    "by task": "?work_task=2",
    "metadata": "?importance=Y&bloom=APPLY",
    "tag": "?tag=标签7",
    "common word": "?text=提示词",
    "two words": "?text=智能体 备份",
    "rare word": "?text=第77号",
    "a code": "?text=B00123",
    "never drawn": "?drawn_at_most=0",
    "often drawn": "?drawn_at_least=5",
    "nothing": "?text=完全没有的词语",
}


class Bench:
    """The application over a bank of so many items."""

    def __init__(self, folder: Path, server: str, size: int) -> None:
        servers.run_sql(server, f"CREATE DATABASE bank_{size}")
        url = servers.named(server, f"bank_{size}")
        environ = {"EXAMSVC_DATA_DIR": str(folder), "EXAMSVC_DATABASE_URL": url}
        app = create_app(settings.load({**environ, "EXAMSVC_MASTER_KEY": servers.MASTER_KEY}))
        database = app.extensions["examsvc.database"]
        METADATA.create_all(database.engine)
        with database.transaction() as db:
            world = World(db, clock.now())
            points = [task.knowledge_points[0].id for task in world.specification.work_tasks]
        fill(url, world, points, size)
        self.bank_id, self.author = world.bank.id, Caller(app).log_in("author")
        self.after = self.author.get(f"/api/banks/{self.bank_id}/items").json["next"]  # type: ignore[index]

    def milliseconds(self, query: str) -> float:
        """Return how long a page takes."""
        began = time.perf_counter()
        answer = self.author.get(f"/api/banks/{self.bank_id}/items{query}")
        spent = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, answer.json
        return spent


def main() -> None:
    """Fill, ask in turn, print; exits with 1 when a page's p99 more than doubled."""
    logs.configure("ERROR")
    with TemporaryDirectory(prefix="examsvc-bench-") as folder, servers.postgresql(Path(folder)) as server:
        benches = [Bench(Path(folder) / str(size), server, size) for size in (SMALL, LARGE)]
        gc.collect()
        gc.freeze()  # what was filled in is not gone through again while a page is timed
        print(f"{'page':14}{'1k p50':>9}{'1k p99':>9}{'50k p50':>9}{'50k p99':>9}{'p50 ratio':>11}{'p99 ratio':>11}")
        ratios = [_measure(name, query, benches) for name, query in PAGES.items()]
        ratios.append(_measure("next page", f"?after={benches[0].after}", benches))
    sys.exit(max(ratios) > MOST_RATIO)


def _measure(name: str, query: str, benches: Sequence[Bench]) -> float:
    rounds = [[bench.milliseconds(query) for bench in benches] for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
    small, large = (_quantiles(times) for times in zip(*rounds, strict=True))
    ratio, tail = large[0] / small[0], large[1] / small[1]
    print(f"{name:14}{small[0]:9.1f}{small[1]:9.1f}{large[0]:9.1f}{large[1]:9.1f}{ratio:11.2f}{tail:11.2f}", flush=True)
    return tail


def _quantiles(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=PERCENT)[-1]


def fill(url: str, world: World, points: Sequence[UUID], size: int) -> None:
    """Write the items with what they are found by."""
    began, bank_id = time.perf_counter(), world.bank.id
    author_id, reviewer_id = (world.by(name).account_id for name in ("author", "reviewer"))
    people = {"author_id": author_id, "reviewer_id": reviewer_id, "releaser_id": reviewer_id}
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")  # rows that we make refer to one another
        items = [{"id": new_id(), "bank_id": bank_id, "code": f"B{number:05}"} for number in range(size)]
        versions = list(_versions(items, points, people, world.now))
        copy(connection, "items", items)
        copy(connection, "item_versions", versions)
        copy(connection, "item_grams", list(_grams(items, versions)))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    print(f"filled {size:,} items in {time.perf_counter() - began:.0f} s", flush=True)


def _versions(
    items: Sequence[dict[str, Any]], points: Sequence[UUID], people: dict[str, Any], now: datetime
) -> Iterator[dict[str, Any]]:
    for number, item in enumerate(items):
        subject, verb = SUBJECTS[number % 10], VERBS[number // 10 % 2]
        stem = f"第{number}号：在{verb}{subject}之前，下列哪一项应当首先完成？"
        yield {
            "id": new_id(),
            "item_id": item["id"],
            "bank_id": item["bank_id"],
            "code": item["code"],
            "number": 1,
            "type": "SINGLE_CHOICE",
            "difficulty": list(Difficulty)[number % 3],
            "knowledge_point_id": points[number % len(points)],
            "content": Json({"stem": stem, "options": content.options_of([f"{verb}甲", "乙", "丙", f"{number}"])}),
            "key": Json({"right": ["a"]}),
            "explanation": "",
            "importance": list(Importance)[number % 3],
            "bloom": list(Bloom)[number // 3 % 6],
            "tags": Json([f"标签{number % 10}"]),
            "source": "",
            "rights": "",
            "state": STATES[number % len(STATES)],
            "created_at": now,
            "drawn_count": 5 if number % 10 == 3 else number % 2,
            **people,
        }


def _grams(items: Sequence[dict[str, Any]], versions: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item, version in zip(items, versions, strict=True):
        for gram in searching.grams_of(item["code"], version["content"].obj, version["tags"].obj):
            yield {"gram": gram, "version_id": version["id"]}


if __name__ == "__main__":
    main()
