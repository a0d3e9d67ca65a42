"""Batches 批次 of exam sessions."""
