"""A work as a note cites it, held against the work that was fetched."""
