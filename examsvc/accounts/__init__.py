"""People who log in, and what role lets them do."""
