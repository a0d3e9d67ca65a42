"""Pictures, sounds and films of items: what may be kept, and keeping it with its bank."""
