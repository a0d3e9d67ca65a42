"""Reconciliation 核对: what was acknowledged, what is stored, and what the candidates' pages wrote."""
