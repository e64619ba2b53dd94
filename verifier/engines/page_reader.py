"""A reading process as in `source_reader` that begins with what pages need alone.

Who judges addresses asks for hardly a text, and the libraries for it are most of what such a process loads.
"""

from verifier.engines.child import serve
from verifier.engines.source_reader import answer


def _prepare() -> None:
    """Load what reading a page needs, before the clock of a request runs."""
    import verifier.resolver.judge.fragments
    import verifier.resolver.judge.page  # noqa: F401


if __name__ == "__main__":
    serve(answer, _prepare)
