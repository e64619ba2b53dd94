"""The desk on the demo's store."""

from tests.support.desks import browser, data, demo_data, desk

__all__ = ["browser", "data", "demo_data", "desk"]
