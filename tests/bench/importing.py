"""How long 1,000 and 10,000 items of a file take to come into a bank, and how much memory: `make bench-import`.

SQLite; each size in a process of its own, so that each has a peak of its own. Times are of the processor, which a busy
machine lengthens less than those of the clock. The larger import may take ROUGHLY ten times as long and no more memory.
"""

import csv
import itertools
import json
import resource
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))  # before it: tests/questionbank is not the package

import servers
from world import World

from examsvc.app import open_parts
from examsvc.core import settings
from examsvc.core.db import Database, after_commit
from examsvc.wiring import METADATA
from questionbank.importing import preparing, taking
from questionbank.importing.taking import Sent

SMALL, LARGE = 1_000, 10_000
MOST_SECONDS, MOST_LOCKED, MOST_TIMES, MOST_MEMORY = 60.0, 10.0, 14.0, 1.3
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
SUBJECTS = ("提示词", "智能体", "知识库", "数据标注", "模型评测", "图像识别", "语音合成", "检索增强", "工作流")
VERBS = ("撰写", "调试", "评估", "部署", "审核", "归档", "备份", "交付", "清洗", "选择")
HEADINGS = ("题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "难度", "知识点", "题目编号")


@dataclass(frozen=True)
class Cost:
    """Processor seconds of each step, and the peak of the process in MB; only `write` keeps other writers waiting.

    describe: writing the index by which items are found, in slices after the commit.
    """

    look: float
    prepare: float
    write: float
    describe: float
    megabytes: float

    @property
    def seconds(self) -> float:
        return self.look + self.prepare + self.write + self.describe


def main() -> None:
    """Print the costs of both sizes and their ratios; exit 1 when one is past its limit."""
    small, large = (_measured(size) for size in (SMALL, LARGE))
    for size, cost in ((SMALL, small), (LARGE, large)):
        steps = f"look {cost.look:5.1f} s  prepare {cost.prepare:5.1f} s  write {cost.write:5.1f} s"
        print(f"{size:6} items  {steps}  describe {cost.describe:5.1f} s  peak {cost.megabytes:5.0f} MB")
    times = large.seconds / small.seconds
    memory = large.megabytes / small.megabytes
    print(f"{LARGE // SMALL} times the items: {times:.1f} times the seconds, {memory:.2f} times the memory")
    is_past = large.seconds > MOST_SECONDS or large.write > MOST_LOCKED or times > MOST_TIMES or memory > MOST_MEMORY
    sys.exit(1 if is_past else 0)


def _measured(size: int) -> Cost:
    told = subprocess.run([sys.executable, __file__, str(size)], check=True, capture_output=True, text=True)
    return Cost(**json.loads(told.stdout.splitlines()[-1]))


def measure(size: int) -> Cost:
    """Import a file of so many items into an empty database and return what it cost."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "items.csv"
        _write(file, size)
        environ = {
            "EXAMSVC_DATA_DIR": folder,
            "EXAMSVC_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite",
            "EXAMSVC_MASTER_KEY": servers.MASTER_KEY,
        }
        with closing(open_parts(settings.load(environ))) as database:
            METADATA.create_all(database.engine)
            look, prepare, write, describe = _imported(database, Sent(file.name, file.read_bytes()))
    return Cost(look, prepare, write, describe, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _imported(database: Database, sent: Sent) -> list[float]:
    with database.transaction() as db:
        world = World(db, NOW)
        bank_id, by = world.bank.id, world.by("author")
    marks = [time.process_time()]
    with database.reading() as db:
        report = taking.look(db, bank_id, sent)
    marks.append(time.process_time())
    with database.transaction() as db:
        found_id = taking.remember(db, bank_id, sent, report, by=by, now=NOW).id
    with database.reading() as db:
        prepared = preparing.prepare(db, found_id, by=by)
    marks.append(time.process_time())
    with database.transaction() as db:
        after_commit(db, lambda: marks.append(time.process_time()))  # before what describes the items
        taking.take(db, found_id, leave_errors=False, by=by, now=NOW, prepared=prepared)
    marks.append(time.process_time())
    return [later - earlier for earlier, later in itertools.pairwise(marks)]


def _write(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(size):
            subject, verb = SUBJECTS[number % len(SUBJECTS)], VERBS[number // 7 % len(VERBS)]
            stem = f"第{number}号任务：{verb}{subject}时，下列哪一种做法符合操作规范，并且能够保证结果可以复核？"
            options = [f"{verb}前{word}{subject}的第{number % 97}项记录" for word in ("核对", "忽略", "删除", "复制")]
            point = f"{number % 2 + 1}.1"
            writer.writerow(
                ["单选题", stem, *options, "ABCD"[number % 4], f"依据规范第{number}条。", "中", point, f"B-{number:05}"]
            )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(asdict(measure(int(sys.argv[1])))))
    else:
        main()
