"""题库: items, practical tasks, blueprints and papers."""
