"""申报: the organisation shows that it meets the four conditions, signs, and applies in its window."""
