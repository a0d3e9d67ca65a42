"""督导: reads all, changes nothing it supervises."""
