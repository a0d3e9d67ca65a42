"""What is announced of filings, inside the transaction."""

from blinker import Signal

filing_near_expiry = Signal(
    "The end of a filing comes near. Sent as `send(filing, db=db, days_before=180 | 90 | 30, by=by, now=now)`."
)
