"""The desk on the demo's store, and reading processes that outlive a test."""

from tests.support.desks import browser, data, demo_data, desk
from tests.support.kept_processes import kept_processes

__all__ = ["browser", "data", "demo_data", "desk", "kept_processes"]
