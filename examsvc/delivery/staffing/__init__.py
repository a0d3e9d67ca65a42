"""Who serves where in an exam session: how many a room needs, and who may not serve there."""
