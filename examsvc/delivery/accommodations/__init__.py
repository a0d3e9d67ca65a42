"""Accommodations 便利措施: decided for a session, a group or a candidate, resolved for each candidate."""
