"""Claiming a sitting: the right to answer, for one page at a time."""
