"""Classes of misconduct 违纪类别, and which consequences a ruling may have for each. Pure.

The model is 人社部令第31号 (2017), articles 6 to 11. It was made for other examinations, so every class names its
article where somebody rules by it, and nothing is entered in the ministry's register (诚信档案库, article 12).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from examsvc.delivery.voiding import Subject
from proctoring.misconduct.errors import ConsequenceNotPermitted, SubjectMissing, SubjectNotMeant


class MisconductClass(StrEnum):
    GENERAL = "GENERAL"
    SERIOUS = "SERIOUS"
    ESPECIALLY_SERIOUS = "ESPECIALLY_SERIOUS"
    DISORDER = "DISORDER"
    FALSE_PROOF = "FALSE_PROOF"
    SIMILARITY = "SIMILARITY"


class Consequence(StrEnum):
    """NONE: the facts are not established. WARNING: they are, and were corrected when told. The others void scores."""

    NONE = "NONE"
    WARNING = "WARNING"
    SUBJECT_VOID = "SUBJECT_VOID"
    SESSION_VOID = "SESSION_VOID"

    @property
    def voids(self) -> bool:
        """Whether scores no longer count."""
        return self in (Consequence.SUBJECT_VOID, Consequence.SESSION_VOID)


@dataclass(frozen=True)
class ClassRule:
    """A class as the regulation has it: its `title`, the `article` that it rests on, what a ruling may say."""

    title: str
    article: str
    permitted: tuple[Consequence, ...]
    in_the_room: bool = True
    """Whether a proctor can see it; what is found when marking or checking papers is recorded by the office."""


REGULATION: Final = "参照《专业技术人员资格考试违纪违规行为处理规定》（人力资源社会保障部令第31号）"
_NONE, _WARNING = Consequence.NONE, Consequence.WARNING
_SUBJECT, _SESSION = Consequence.SUBJECT_VOID, Consequence.SESSION_VOID

CLASSES: Final[Mapping[MisconductClass, ClassRule]] = MappingProxyType(
    {
        # Several of article 6 are misconduct only 经提醒仍不改正: who stops when told is warned.
        MisconductClass.GENERAL: ClassRule("一般违纪违规", "第六条", (_NONE, _WARNING, _SUBJECT)),
        MisconductClass.SERIOUS: ClassRule("严重违纪违规", "第七条", (_NONE, _SESSION)),
        MisconductClass.ESPECIALLY_SERIOUS: ClassRule("特别严重违纪违规", "第八条", (_NONE, _SESSION)),
        # Article 9: stopped and sent out; 情节严重的 by article 7 or 8.
        MisconductClass.DISORDER: ClassRule("扰乱考场秩序", "第九条", (_NONE, _WARNING, _SESSION)),
        MisconductClass.FALSE_PROOF: ClassRule("提供虚假证明材料", "第十条", (_NONE, _SESSION), in_the_room=False),
        # Article 11: the subject; with other proof by article 7 or 8.
        MisconductClass.SIMILARITY: ClassRule(
            "作答内容雷同", "第十一条", (_NONE, _SUBJECT, _SESSION), in_the_room=False
        ),
    }
)


def check(kind: MisconductClass, consequence: Consequence, subject: Subject | None) -> None:
    """Raise ConsequenceNotPermitted, SubjectMissing or SubjectNotMeant unless a ruling may say this of the class."""
    permitted = CLASSES[kind].permitted
    if consequence not in permitted:
        raise ConsequenceNotPermitted(permitted=[str(each) for each in permitted])
    if consequence == Consequence.SUBJECT_VOID and subject is None:
        raise SubjectMissing
    if consequence != Consequence.SUBJECT_VOID and subject is not None:
        raise SubjectNotMeant
