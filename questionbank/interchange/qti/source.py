"""One item as it is being read: what it declares, how it is scored, and what is gathered of its texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from questionbank.interchange.gathering import Find, Gathering
from questionbank.interchange.model import Medium, Problem
from questionbank.interchange.qti.declarations import Declaration
from questionbank.interchange.qti.prose import prompt, said
from questionbank.interchange.qti.sums import Rule, Term
from questionbank.interchange.xml import Element
from questionbank.kinds import ItemType


class NotModelled(Exception):
    """The item asks or scores in a way that the bank has no type for; `kind` says which."""

    def __init__(self, kind: str, detail: str):
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True)
class Question:
    """An item or a part of one; `worth` is what the processing gives for a right answer, 0 where it tells nothing."""

    type: ItemType
    content: Mapping[str, Any]
    key: Mapping[str, Any]
    worth: Fraction


@dataclass(frozen=True)
class ItemSource:
    """What the readers of interactions look things up in, and the gathering of the texts and media of one question."""

    where: str
    find: Find
    gathering: Gathering
    declared: Mapping[str, Declaration]
    score: Mapping[Term, Fraction]
    pictures: list[Medium] = field(default_factory=list)
    parts: list[Gathering] = field(default_factory=list)

    def part(self) -> "ItemSource":
        """Return the same item with a gathering of its own, for a part that shows its own media."""
        self.parts.append(Gathering(self.where, self.find))
        return replace(self, gathering=self.parts[-1])

    def aside(self) -> "ItemSource":
        """Return the same item with a gathering for words that candidates never see, and so no media."""
        self.parts.append(Gathering(self.where))
        return replace(self, gathering=self.parts[-1])

    @property
    def media(self) -> tuple[Medium, ...]:
        """What the item and its parts show, each once."""
        gathered = [found for one in (self.gathering, *self.parts) for found in one.media]
        return tuple({found.digest: found for found in [*gathered, *self.pictures]}.values())

    def problems(self) -> Iterator[Problem]:
        """Yield the warnings of the item and its parts, each once."""
        yield from dict.fromkeys(problem for one in (self.gathering, *self.parts) for problem in one.problems())

    def stem(self, texts: Sequence[Element], blanks: Sequence[Element] = ()) -> str:
        """Return the words of the texts, a line or more each."""
        told = [self.gathering.text(said(text, blanks)) for text in texts]
        return "\n".join(text for text in told if text)

    def stem_of(self, texts: Sequence[Element], interaction: Element) -> str:
        """Return the words of the texts and of the interaction's prompt."""
        return self.stem([*texts, *prompt(interaction)])

    def declaration(self, interaction: Element) -> Declaration:
        """Return what is declared about the interaction's response. Raises NotModelled."""
        response = interaction.get("responseIdentifier", "")
        if response not in self.declared:
            raise NotModelled("undeclared_response", f"{interaction.tag} names {response!r}")
        return self.declared[response]

    def rule(self, declaration: Declaration, *known: Rule) -> tuple[Term, Fraction]:
        """Return the rule that scores the response and its factor. Raises NotModelled if it is none of `known`."""
        if not self.score:
            return self._assumed(declaration), Fraction(0)
        found = [(term, factor) for term, factor in self.score.items() if term.response == declaration.identifier]
        if len(found) != 1 or found[0][0].rule not in known:
            rules = ", ".join(term.rule for term, _ in found) or "nothing"
            raise NotModelled("scoring", f"{declaration.identifier} is scored by {rules}")
        return found[0]

    def _assumed(self, declaration: Declaration) -> Term:
        self.gathering.warn("processing_assumed", f"nothing says how {declaration.identifier} is scored")
        if declaration.areas:
            return Term(Rule.POINT, declaration.identifier)
        return Term(Rule.CORRECT if declaration.correct else Rule.MAP, declaration.identifier)


def right_of(declaration: Declaration) -> tuple[str, ...]:
    """Return the declared correct values. Raises NotModelled if there are none."""
    if not declaration.correct:
        raise NotModelled("no_key", f"{declaration.identifier} has no correct response")
    return declaration.correct
