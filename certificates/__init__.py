"""发证: decisions, certificates and the public query."""
