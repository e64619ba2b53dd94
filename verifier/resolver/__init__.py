"""Citation -> source -> fetch -> link status -> snapshot -> text."""
