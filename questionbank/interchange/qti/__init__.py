"""QTI 1.2, 2.1, 2.2 and 3.0. Versions 2 and 3 are read and written through one model with the names of version 2."""
