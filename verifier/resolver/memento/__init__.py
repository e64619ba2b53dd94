"""Archived copies in public web archives, over Memento (RFC 7089)."""
