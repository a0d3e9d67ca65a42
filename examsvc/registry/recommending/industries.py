"""产业类别 of annex 1: the tags of the notice, and how they are written in one cell. Pure.

沪人社职〔2025〕140号 附件1 填表说明3: “3+6”产业, 两大民生产业, 其他产业按实填写; 用“、”隔开.
"""

from collections.abc import Iterable

SEPARATOR = "、"
LEADING = ("集成电路", "生物医药", "人工智能")  # 三大先导产业
KEY = ("电子信息", "生命健康", "汽车", "高端装备", "先进材料", "时尚消费品")  # 六大重点产业
LIVELIHOOD = ("养老护理", "家政服务")  # 两大民生产业
NAMED = (*LEADING, *KEY, *LIVELIHOOD)


def join(tags: Iterable[str]) -> str:
    """Return the tags as a cell of annex 1 holds them (H09)."""
    return SEPARATOR.join(tidy(tags))


def split(cell: str) -> tuple[str, ...]:
    """Return the tags of a cell, each once, in their order."""
    return tidy(cell.split(SEPARATOR))


def tidy(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags trimmed, without empty and repeated ones; one that holds 、 is several."""
    words = (" ".join(word.split()) for tag in tags for word in tag.split(SEPARATOR))
    return tuple(dict.fromkeys(word for word in words if word))
