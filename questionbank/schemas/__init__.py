"""The question bank as seen from outside."""
