"""主观题评阅: written answers marked by two people each, and by a third where the two differ too much."""
