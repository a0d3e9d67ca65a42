"""Items that are alike, and items that must not stand in one paper."""
