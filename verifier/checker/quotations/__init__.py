"""Quotations: found in a claim, looked up in a source."""
