"""Whole tables, read from geometry: columns of figures with their heads, and the rows that they run through."""
