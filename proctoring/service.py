"""What others may ask of proctoring."""

from proctoring.membership import assign as assign_proctors
from proctoring.membership import proctors

__all__ = ["assign_proctors", "proctors"]
