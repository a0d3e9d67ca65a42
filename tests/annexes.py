"""Filled annexes for tests: the notice's sample scheme, and a batch of two rows."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from examsvc import demo
from examsvc.core import archives
from examsvc.registry.annexes.forms import Annex1, Annex1Row, Annex2, Annex3, Outline, Proposal, WorkTask

FIRST = Annex1Row(
    *("4-04-05", "软件和信息技术服务人员", "人工智能模型运用", ("人工智能", "电子信息")),
    *(
        "上海案例技术有限公司",
        "91310000MA1FL0AB1X",
        1000,
        "《上海市产业规划》把大模型应用列为重点，32 家企业提出需求。",
    ),
)
SECOND = Annex1Row(
    *("4-10-01", "生活照料服务人员", "失智老人照护", ("养老护理",)),
    *("上海另一家（示例）有限公司", "91310115MA1K30CD22", 300, "调研摸底\n第二段"),
)
ANNEX_1 = Annex1("上海市示例行业主管部门", "周敏", "021-55550000", date(2026, 11, 25), (FIRST, SECOND))
_LIMITS = archives.Limits(members=500, unpacked_bytes=2**28)


def sample_scheme() -> dict[str, Any]:
    path = Path(demo.__file__).parent / "content" / "scheme.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def sample_annex3() -> Annex3:
    """附件3 样例 (J12)."""
    scheme = sample_scheme()
    tasks = tuple(
        WorkTask(
            task["name"],
            tuple(task["operations"]),
            tuple(task["knowledge_points"]),
            task["theory_share"] + task["practical_share"],
        )
        for task in scheme["work_tasks"]
    )
    return Annex3(scheme["name"], scheme["occupation_name"], scheme["definition"], tasks)


def sample_annex2() -> Annex2:
    text = "大模型技术快速进入各行各业，企业对能够撰写提示词、搭建智能体的人员需求持续增长。"
    proposal = Proposal(
        background=f"{text}\n本市三年内预计有数万个岗位。",
        features="面向岗位任务，突出实际操作。",
        audience="从事或准备从事相关工作的劳动者。",
        assessment_so_far="已开展两期试评价，参加 120 人。",
        social_effect=text,
        outlook_employment=text,
        outlook_industry=text,
        outlook_economy=text,
        organisation_basics="2018 年在本市登记的企业法人。",
        organisation_groundwork="设有评价部门，专职人员 6 名。",
        organisation_strengths="承担过三项行业标准的编制。",
    )
    return Annex2(Outline.of(sample_annex3()), "上海案例技术有限公司", proposal)


def rewritten(file: bytes, changes: dict[str, bytes]) -> bytes:
    """Return the office file with these parts replaced or added."""
    return archives.pack((archives.unpack(file, _LIMITS) | changes).items())


def part(file: bytes, name: str) -> bytes:
    return archives.unpack(file, _LIMITS)[name]
