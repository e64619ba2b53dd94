"""Where the work runs.

An `Engine` takes documents to the parser and host batches to the network and hands back what they yield, in the
thread that asks: whoever records results need not know of threads or processes. `LocalEngine` uses processes for
PDFs and threads for hosts; `InlineEngine` does everything in the caller's thread, for tests and for debugging.
"""

from verifier.engines.base import BatchWork, Emit, Engine, ReadDocument
from verifier.engines.inline import InlineEngine
from verifier.engines.links import check_links
from verifier.engines.local import LocalEngine
from verifier.engines.source_reader import SourceReaders

__all__ = ["BatchWork", "Emit", "Engine", "InlineEngine", "LocalEngine", "ReadDocument", "SourceReaders", "check_links"]
