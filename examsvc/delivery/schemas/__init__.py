"""Delivery as seen from outside: what candidates see, and what the office sees."""
