"""What the marking of written answers announces, inside the transaction."""

from blinker import Signal

marking_changed = Signal("An exam session's marking was closed or opened again; sent with the exam session.")
