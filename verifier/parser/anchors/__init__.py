"""Anchors: the sentence or table cell that a marker supports."""
