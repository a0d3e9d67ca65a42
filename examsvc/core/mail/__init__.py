"""E-mail: written with the change it tells of, sent afterwards, again and again until it is taken."""
