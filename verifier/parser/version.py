"""The version of the parser's readings."""

PARSER_VERSION = "11"
"""Bumped whenever the same bytes would be read differently; an extraction is stored under it."""
