"""The certificate for people: one HTML file with charts of our own, in both languages, that needs nothing else."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from jinja2 import Environment, PackageLoader

from examsvc.rehearsal.running import Ran, Sample

WIDTH, HEIGHT = 720, 160
LEFT, BOTTOM, TOP = 52, 22, 8
MIB = 1024**2
Point = tuple[float, float]
IN_CHINESE = {
    "claim": "开始作答",
    "commands": "监考指令",
    "connect": "监考连线",
    "event": "监考事件",
    "first question": "看到首题",
    "frame": "抓拍上传",
    "hand in": "交卷",
    "list": "考试列表",
    "log in": "登录",
    "paper": "明文试卷",
    "paper key": "试卷密钥",
    "preload": "预载信息",
    "save": "保存",
    "sealed paper": "加密试卷",
    "step": "入场步骤",
    "view": "考试页面",
    "write to receipt": "作答到回执",
}
"""What operations are called."""


def rendered(certificate: dict[str, Any], ran: Ran) -> str:
    """Return the page."""
    environment = Environment(loader=PackageLoader("examsvc.rehearsal"), autoescape=True, trim_blocks=True)
    return environment.get_template("certificate.html").render(
        certificate=certificate, charts=_charts(ran), mib=MIB, in_chinese=IN_CHINESE
    )


def _charts(ran: Ran) -> list[dict[str, Any]]:
    saves = ran.measures.series("save")
    parts = ("service", "database", "client")
    return [
        _chart("每秒保存 Saves a second", [[(second, count) for second, count, _ in saves]]),
        _chart("最慢的保存（毫秒） Slowest save, ms", [[(second, slowest) for second, _, slowest in saves]]),
        _chart("处理器（核） Processor, cores", [_cores(ran.samples, part) for part in parts]),
        _chart("内存（MiB） Memory, MiB", [_memory(ran.samples, part) for part in parts]),
    ]


def _cores(samples: Sequence[Sample], part: str) -> list[Point]:
    each = [(sample.second, getattr(sample, part).cpu_seconds) for sample in samples]
    pairs = [(before, after) for before, after in pairwise(each) if after[0] > before[0]]
    return [(after[0], max(0.0, after[1] - before[1]) / (after[0] - before[0])) for before, after in pairs]


def _memory(samples: Sequence[Sample], part: str) -> list[Point]:
    return [(sample.second, getattr(sample, part).memory_bytes / MIB) for sample in samples]


def _chart(title: str, lines: Sequence[Sequence[Point]]) -> dict[str, Any]:
    """Return a chart's lines as SVG points, and what its axes say."""
    points = [point for line in lines for point in line]
    last, most = max((x for x, _ in points), default=0) or 1, max((y for _, y in points), default=0) or 1
    return {
        "title": title,
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "floor": HEIGHT - BOTTOM,
        "most": f"{most:,.2f}" if most < 10 else f"{most:,.0f}",  # noqa: PLR2004 (two digits say enough)
        "last": f"{last:,.0f} s",
        "lines": [" ".join(_place(point, last, most) for point in line) for line in lines],
    }


def _place(point: Point, last: float, most: float) -> str:
    x = LEFT + point[0] / last * (WIDTH - LEFT - 4)
    y = TOP + (1 - point[1] / most) * (HEIGHT - BOTTOM - TOP)
    return f"{x:.1f},{y:.1f}"
