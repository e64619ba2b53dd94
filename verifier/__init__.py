"""Verifier: checks the footnotes of PDFs for broken links and for figures that disagree with their sources.

Four verbs: `extract` reads a PDF, `check_links` judges addresses, `compare` holds a claim against a source,
`verify` does all of it for documents and stores what it found. They are loaded when first used (PEP 562), so that
importing the package, as every part of it does, costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from verifier._version import __version__

if TYPE_CHECKING:
    from verifier.checker import compare
    from verifier.engines import check_links
    from verifier.parser import extract
    from verifier.runs import verify

__all__ = ["__version__", "check_links", "compare", "extract", "verify"]

_VERBS = {
    "check_links": "verifier.engines",
    "compare": "verifier.checker",
    "extract": "verifier.parser",
    "verify": "verifier.runs",
}


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        return getattr(import_module(_VERBS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
