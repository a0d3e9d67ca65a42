"""评估: material check, expert reviews, the national centre's consent, selection, the bureau's consent."""
