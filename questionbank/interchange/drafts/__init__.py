"""Items as people write them in tables and documents, and what they mean."""
