"""Registered versions of a bank: frozen with the scheme, proved by a manifest, the only source of exams."""
