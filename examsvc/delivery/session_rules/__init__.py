"""The rules of an exam session with their names, values and sources, which every page takes from here. Pure.

`SESSION_RULES` can be set for each exam session, `FIXED_RULES` hold in all. None but those of the notice bind anybody.
"""

from examsvc.delivery.session_rules.fixed import FIXED_RULES
from examsvc.delivery.session_rules.kinds import FixedRule, Founded, SessionRule, Unit
from examsvc.delivery.session_rules.papers import PAPER_RULES
from examsvc.delivery.session_rules.subjects import defaults_of, subject_of
from examsvc.delivery.session_rules.times import TIME_RULES

SESSION_RULES = (*TIME_RULES, *PAPER_RULES)

__all__ = [
    "FIXED_RULES",
    "SESSION_RULES",
    "FixedRule",
    "Founded",
    "SessionRule",
    "Unit",
    "defaults_of",
    "subject_of",
]
