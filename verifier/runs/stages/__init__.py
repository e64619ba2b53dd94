"""The stages of a run, in the order that they happen."""
