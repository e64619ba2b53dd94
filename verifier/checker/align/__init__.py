"""Alignment: which figures of a source may be about the same thing as a figure of the claim."""
