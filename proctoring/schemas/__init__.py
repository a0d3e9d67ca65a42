"""Proctoring as seen from outside."""
