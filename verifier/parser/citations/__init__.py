"""Citations: the works that a note cites."""
