"""Saving answers: the way of every response from its arrival to its receipt."""
