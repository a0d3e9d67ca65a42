"""The rooms 考场 of an exam session, and who sits where in them."""
