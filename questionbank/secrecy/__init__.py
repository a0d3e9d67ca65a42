"""保密题库: banks whose items are encrypted at rest, looked at on record, and leave only by two people."""
