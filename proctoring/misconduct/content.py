"""What a record says, as it is shown, signed and ruled on: one canonical value and its digest."""

from examsvc.core import canonical
from proctoring.misconduct.models import MisconductRecord


def digest(record: MisconductRecord) -> str:
    """Return the digest of facts, evidence and statements: what a signature or a ruling stands under."""
    return canonical.digest(
        {
            "record": record.id,
            "sitting": record.sitting_id,
            "class": str(record.kind),
            "subject": str(record.subject) if record.subject else None,
            "facts": record.facts,
            "place": record.place,
            "happened_at": record.happened_at,
            "evidence": sorted(f"{one.kind}:{one.linked_id}:{one.digest}" for one in record.evidence),
            "statements": [{"declined": one.declined, "text": one.text} for one in record.statements],
        }
    )
