"""附件2 建议书 in words: its headings and texts in the order of the notice (I01–I11). Pure."""

from collections.abc import Iterator

from examsvc.registry.annexes import numerals, wording
from examsvc.registry.annexes.forms import Annex2, Outline, Proposal

TEXT, PART, SECTION, SUBSECTION = 0, 2, 3, 4
Block = tuple[int, str]


def blocks(annex: Annex2) -> Iterator[Block]:
    """Yield every heading with its level, and every text with the level TEXT."""
    yield PART, wording.SCHEME_PART
    for number, (name, heading) in enumerate(wording.SCHEME_SECTIONS, start=1):
        yield SECTION, f"{numerals.in_brackets(number)}{heading}"
        if name == "outline":
            yield TEXT, outline(annex.outline)
        elif name == "outlook":
            yield from _outlook(annex.proposal)
        else:
            yield TEXT, getattr(annex.proposal, name)
    yield PART, wording.ORGANISATION_PART
    yield TEXT, f"{wording.ORGANISATION_NAME}{annex.organisation_name}"
    for number, (name, heading) in enumerate(wording.ORGANISATION_SECTIONS, start=1):
        yield SECTION, f"{numerals.in_brackets(number)}{heading}"
        yield TEXT, getattr(annex.proposal, name)


def outline(told: Outline) -> str:
    """Return what the proposal says of annex 3: name, definition, tasks with their weights, in lines (I04)."""
    tasks = [f"{numerals.in_brackets(n)}{name}（{weight}%）" for n, (name, weight) in enumerate(told.tasks, start=1)]
    name, definition = f"{wording.OUTLINE_NAME}{told.scheme_name}", f"{wording.OUTLINE_DEFINITION}{told.definition}"
    return "\n".join([name, definition, wording.OUTLINE_TASKS, *tasks])


def _outlook(proposal: Proposal) -> Iterator[Block]:
    for number, (name, heading) in enumerate(wording.OUTLOOK_SECTIONS, start=1):
        yield SUBSECTION, f"{number}. {heading}"
        yield TEXT, getattr(proposal, name)
