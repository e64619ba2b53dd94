"""Text and history -> comparisons -> findings."""
