"""When a panel is one, when a review may be concluded, and when its conclusion needs a reason. Pure."""

from collections.abc import Collection, Iterable, Sequence

from examsvc.registry.reviews.kinds import CheckItem, Conclusion, MeetingKind, MeetingResult, OpinionValue, ReviewKind

FEWEST = 3
REQUIRED_MEETINGS: dict[ReviewKind, tuple[MeetingKind, ...]] = {
    # 140号 三(一)3: 采取专家论证、现场答辩、实地考察等方式进行机构评估
    ReviewKind.ORGANISATION: (MeetingKind.PANEL, MeetingKind.HEARING, MeetingKind.SITE_VISIT),
    # 三(一)2 and 4 name no meetings: 专家论证 may be done in writing.
    ReviewKind.INITIATION: (),
    ReviewKind.SCHEME: (),
}


def is_panel(chairs: Sequence[bool]) -> bool:
    """Return whether experts, each given as whether he chairs, are a panel: at least three, odd, one chair."""
    return len(chairs) >= FEWEST and len(chairs) % 2 == 1 and sum(chairs) == 1


def missing(kind: ReviewKind, opinions: Iterable[OpinionValue | None], held: Collection[MeetingKind]) -> list[str]:
    """Return what a conclusion still waits for: "OPINIONS" and kinds of meetings without minutes and result."""
    lacking = ["OPINIONS"] if any(opinion is None for opinion in opinions) else []
    return lacking + [str(meeting) for meeting in REQUIRED_MEETINGS[kind] if meeting not in held]


def is_carried(opinions: Collection[OpinionValue]) -> bool:
    """Return whether more than half of the whole panel is for passing; who abstains is not."""
    return 2 * sum(opinion == OpinionValue.PASS for opinion in opinions) > len(opinions)


def needs_reason(
    conclusion: Conclusion, opinions: Collection[OpinionValue], results: Collection[MeetingResult]
) -> bool:
    """Return whether the centre has to say why: it turns the case down, or passes it against what was found."""
    return conclusion != Conclusion.PASS or not is_carried(opinions) or MeetingResult.FAIL in results


def unticked(ticks: dict[CheckItem, bool]) -> list[CheckItem]:
    """Return what of the material check is not ticked, in its order."""
    return [item for item in CheckItem if not ticks.get(item)]
