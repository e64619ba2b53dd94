"""The document against itself: what its own tables and sentences say that does not go together.

Precision comes first: a check says nothing where a table or sentence can be understood in a way that agrees.
"""

from verifier.checker.consistency.check import inconsistencies

__all__ = ["inconsistencies"]
