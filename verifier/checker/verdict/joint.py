"""A figure held against several sources at once."""

from dataclasses import dataclass

from verifier.model import FigureComparison


@dataclass(frozen=True, slots=True)
class JointComparison:
    """A figure of a claim held against all its sources: the one it rests on, by its place in the sequence.

    `source_index` is None when no source had anything to say of it; of a figure that was not found it is a source that
    has the like of it elsewhere.
    """

    comparison: FigureComparison
    source_index: int | None = None
