"""What people see of all cases: lists, search, one case with its history, what waits for them, and when."""
