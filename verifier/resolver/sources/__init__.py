"""Sources: the work behind an address or an identifier, and where it may be read."""
