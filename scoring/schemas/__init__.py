"""Scoring as seen from outside."""
