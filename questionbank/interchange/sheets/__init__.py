"""Tables of items: workbooks and separated values, in our own template and in those of others."""
