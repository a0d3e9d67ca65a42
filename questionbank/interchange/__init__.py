"""Item banks in and out of files. Knows neither the web nor the database; usable on its own."""
