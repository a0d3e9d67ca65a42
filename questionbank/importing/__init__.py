"""Files of items brought into a bank: first looked through, then taken over whole or not at all."""
