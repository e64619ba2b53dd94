"""Registries of works: which keep records of which identifiers, and where."""
