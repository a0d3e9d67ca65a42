"""Several choices of one item: matching, gaps, or the parts of a composite."""

from collections.abc import Sequence
from fractions import Fraction
from string import ascii_lowercase

from questionbank.interchange.qti.choices import known
from questionbank.interchange.qti.old.choices import options_of
from questionbank.interchange.qti.old.conditions import Condition
from questionbank.interchange.qti.old.entries import with_blanks
from questionbank.interchange.qti.old.source import OldSource, Response
from questionbank.interchange.qti.source import NotModelled, Question
from questionbank.kinds import ItemType


def is_matching(responses: Sequence[Response]) -> bool:
    """Whether each has words of its own and all are answered from the same options."""
    offered = {tuple(label.shown for label in response.labels) for response in responses}
    return len(responses) > 1 and len(offered) == 1 and all(response.shown for response in responses)


def read_matching(responses: Sequence[Response], stem: str, source: OldSource) -> Question:
    """Return the question; the responses are the left side, their labels the right. Raises NotModelled."""
    if len(responses) > len(ascii_lowercase):
        raise NotModelled("options", f"{len(responses)} responses")
    left = [
        source.gathering.option(letter, response.shown)
        for letter, response in zip(ascii_lowercase, responses, strict=False)
    ]
    _, matches = options_of(responses[0], source)
    pairs = {}
    for option, response in zip(left, responses, strict=True):
        ids = dict(zip([label.ident for label in response.labels], ascii_lowercase, strict=False))
        pairs[option["id"]] = known([_right(response, source)], ids)[0]
    key = {"pairs": pairs} | ({"scoring": "EXACT"} if _is_whole(source.conditions) else {})
    content = source.gathering.content(stem, options=left, matches=matches)
    return Question(ItemType.MATCHING, content, key, Fraction(len(left)))


def read_gaps(responses: Sequence[Response], stem: str, source: OldSource) -> Question:
    """Return the question of gaps that are filled from lists. Raises NotModelled."""
    gaps, right = [], []
    for response in responses:
        ids, options = options_of(response, source)
        gaps.append(options)
        right += known([_right(response, source)], ids)
    marked = with_blanks(stem, responses, source)
    content = source.gathering.content(marked, gaps=gaps)
    return Question(ItemType.INLINE_CHOICE, content, {"gaps": right}, Fraction(len(gaps)))


def read_group(response: Response, stem: str, source: OldSource) -> Question:
    """Return the question of a response_grp, whose labels name what they may be matched with. Raises NotModelled."""
    left = [label for label in response.labels if label.element.get("match_group")]
    right = [label for label in response.labels if not label.element.get("match_group")]
    named_pairs = [
        tuple(part.strip() for part in test.value.replace(" ", ",").split(",") if part.strip())
        for condition in source.of(response)
        for test in condition.wanted
    ]
    pairs = [pair for pair in named_pairs if pair]
    if sorted(pair[0] for pair in pairs) != sorted(label.ident for label in left) or not 0 < max(
        len(left), len(right)
    ) <= len(ascii_lowercase):
        raise NotModelled("match", f"the pairs of {response.ident} do not give each of one side its match")
    ids = dict(zip([label.ident for label in left], ascii_lowercase, strict=False))
    others = dict(zip([label.ident for label in right], ascii_lowercase, strict=False))
    named = {ids[pair[0]]: known([pair[-1]], others)[0] for pair in pairs}
    options = [source.gathering.option(ids[label.ident], label.shown) for label in left]
    matches = [source.gathering.option(others[label.ident], label.shown) for label in right]
    key = {"pairs": named} | ({"scoring": "EXACT"} if len(source.of(response)) == 1 else {})
    content = source.gathering.content(stem, options=options, matches=matches)
    return Question(ItemType.MATCHING, content, key, Fraction(len(left)))


def _is_whole(conditions: Sequence[Condition]) -> bool:
    """Whether points are earned only when all responses are right."""
    return len([condition for condition in conditions if condition.value > 0]) == 1


def _right(response: Response, source: OldSource) -> str:
    tests = [
        test
        for condition in source.of(response)
        for test in condition.wanted
        if test.response == response.ident and test.kind == "varequal"
    ]
    values = {test.value for test in tests}
    if len(values) != 1:
        raise NotModelled("no_key", f"{len(values)} right answers for {response.ident}")
    return values.pop()
