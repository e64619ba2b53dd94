"""The judge: from a fetch to a link status."""
