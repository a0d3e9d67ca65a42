"""评分: score sheets, marks, component scores and results."""
