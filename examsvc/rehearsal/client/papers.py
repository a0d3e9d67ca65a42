"""What candidates keep of their papers: each question once for all who have it, in whatever order its options stand.

Ten thousand read papers are millions of objects; Python would stop to look through them while everybody waits.
"""

from typing import Any

Question = dict[str, Any]


class Papers:
    """The questions that anybody of the rehearsal has."""

    def __init__(self) -> None:
        self._known: dict[str, Question] = {}

    def questions_of(self, paper: dict[str, Any]) -> list[Question]:
        """Return the paper's questions in its own order."""
        return [
            self._known.setdefault(question["ref"], question)
            for section in paper["sections"]
            for question in section["questions"]
        ]
