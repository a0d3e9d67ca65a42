"""What questionbank announces, inside the transaction; later parts of an exam connect to it."""

from blinker import Signal

version_compromised = Signal("A version became known outside; sent with the version, `db`, `by` and `now`.")
