"""The audit log: append-only streams of entries, each bound to the one before it by a hash.

A stream is one thing's history (`sitting:…`, `exam-session:…`), so that two things never wait for one another.
"""

from examsvc.core.audit.appending import append, append_each, begin, together
from examsvc.core.audit.models import ENTRIES, HEADS, AuditEntry, AuditHead
from examsvc.core.audit.reading import history, newest
from examsvc.core.audit.verifying import Break, verify, verify_all

__all__ = [
    "ENTRIES",
    "HEADS",
    "AuditEntry",
    "AuditHead",
    "Break",
    "append",
    "append_each",
    "begin",
    "history",
    "newest",
    "together",
    "verify",
    "verify_all",
]
