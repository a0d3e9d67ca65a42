"""What an answer to a theory question is worth. Pure and exact: hundredths of a point as fractions."""

from scoring.theory.answer_log import last_answers
from scoring.theory.choices import MULTIPLE_CHOICE_POLICY, MultipleChoicePolicy
from scoring.theory.composites import Part, parts_of
from scoring.theory.worth import score
from scoring.theory.written import WHOLE_QUESTION, text_of, written_parts

__all__ = [
    "MULTIPLE_CHOICE_POLICY",
    "WHOLE_QUESTION",
    "MultipleChoicePolicy",
    "Part",
    "last_answers",
    "parts_of",
    "score",
    "text_of",
    "written_parts",
]
