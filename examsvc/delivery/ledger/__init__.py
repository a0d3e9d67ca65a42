"""The time ledger: what the service proves to have been down, and the seconds that are given back for it."""
