"""Verifier: checks the footnotes of PDFs for broken links and for figures that disagree with their sources."""

from verifier._version import __version__

__all__ = ["__version__"]
