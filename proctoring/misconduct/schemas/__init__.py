"""Misconduct on the record as it comes in and goes out."""
