"""What scoring announces, inside the transaction, to itself and to the stages after it.

`sheet_signed` is sent as `signal.send(sheet, db=db, now=now)`, `result_ready` with the result instead.
"""

from blinker import Signal

sheet_signed = Signal("An examiner signed a score sheet.")
result_ready = Signal("All components of a result are known; it waits for a decision.")
examiners_changed = Signal("The examiners of an exam session are others; sent with the exam session.")
result_voided = Signal("A ruling made a result void; sent with the result, `order` and `by` as well.")
result_restored = Signal("No ruling makes the result void any more; sent with the result, `order` and `by` as well.")
