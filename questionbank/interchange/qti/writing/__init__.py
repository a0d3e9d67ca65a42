"""Items written as QTI 2.1, 2.2 and 3.0, with the names of version 2 until the end."""
