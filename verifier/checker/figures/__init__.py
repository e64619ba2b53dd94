"""Figures: numbers in prose, with their units, bounds and qualifiers."""
