"""What is announced of cases, inside the transaction."""

from blinker import Signal

case_advanced = Signal("A case came into another state. Sent as `send(case, db=db, came_from=state, by=by, now=now)`.")
case_described = Signal("What a case says was written or changed. Sent as `send(case, db=db)`.")
deadline_near = Signal(
    "A deadline of a case is near. Sent as `send(case, db=db, due_at=instant, days=left, now=now)`; days 30, 7 or 1."
)
