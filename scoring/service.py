"""What other packages may ask of scoring."""

from scoring.assigning import assign_examiners, examiners, is_examiner_of
from scoring.resulting import Outcome, recompute, refresh

__all__ = ["Outcome", "assign_examiners", "examiners", "is_examiner_of", "recompute", "refresh"]
