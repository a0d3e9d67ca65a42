"""Receipts 作答回执: what the service signs when it has stored answers, and how anybody checks it.

`tokens` forms and verifies the compact text, `signed` does so with the key of this service.
"""
