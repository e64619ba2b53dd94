"""The readable text of a payload, by its kind."""
