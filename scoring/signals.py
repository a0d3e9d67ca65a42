"""What scoring announces, inside the transaction, to itself and to the stages after it.

`sheet_signed` is sent as `signal.send(sheet, db=db, now=now)`, `result_ready` with the result instead.
"""

from blinker import Signal

sheet_signed = Signal("An examiner signed a score sheet.")
result_ready = Signal("All components of a result are known; it waits for a decision.")
examiners_changed = Signal("The examiners of an exam session are others; sent with the exam session.")
