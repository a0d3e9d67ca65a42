"""Sealed papers: prepared and encrypted before the start, in the browsers when it comes, opened by a small key."""
