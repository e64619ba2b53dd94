"""Where the work runs.

An `Engine` takes documents to the parser and host batches to the network and hands back what they yield, in the
thread that asks: whoever records results need not know of threads or processes. `LocalEngine` uses processes for
PDFs and threads for hosts; `InlineEngine` does everything in the caller's thread, for tests and for debugging.

The names are loaded when first used (PEP 562): a process that reads PDFs needs nothing of the network.
"""

from typing import TYPE_CHECKING

from verifier.lazy_names import lazy_names

if TYPE_CHECKING:
    from verifier.engines.base import BatchWork, Emit, Engine, ReadDocument
    from verifier.engines.inline import InlineEngine
    from verifier.engines.links import check_links
    from verifier.engines.local import LocalEngine
    from verifier.engines.source_reader import SourceReaders

__all__ = ["BatchWork", "Emit", "Engine", "InlineEngine", "LocalEngine", "ReadDocument", "SourceReaders", "check_links"]

_MODULES = {
    "BatchWork": "base",
    "Emit": "base",
    "Engine": "base",
    "InlineEngine": "inline",
    "LocalEngine": "local",
    "ReadDocument": "base",
    "SourceReaders": "source_reader",
    "check_links": "links",
}

__getattr__, __dir__ = lazy_names(__name__, _MODULES)
