"""Requests: one address read over HTTP, within every limit and by every rule of politeness."""
