"""What the jobs of the queue do, as a worker is given it."""

from typing import Protocol

from verifier.model import ShardToken


class JobHandlers(Protocol):
    """One verb a kind of job. Each may be called again for the same thing: what a dead worker had is put in anew."""

    def check_shard(self, token: ShardToken) -> None:
        """Check due addresses of a shard, for some minutes at most."""
        ...

    def read_document(self, run_id: int, sha256: str, parser_version: str) -> None:
        """Read an edition."""
        ...

    def compare_document(self, run_id: int, document_id: int) -> None:
        """Compare a document with its sources."""
        ...

    def plan_run(self, run_id: int) -> None:
        """Take a run to its next phase."""
        ...

    def close_run(self, run_id: int) -> None:
        """Conclude from a run, and tell of it."""
        ...

    def asks_web(self) -> bool:
        """Whether jobs of the web may be taken here: not while the worker's own network is away."""
        ...

    def upkeep(self, reaped: int) -> None:
        """Every few seconds: put in anew what was lost, begin what is next. `reaped` jobs were taken away just now."""
        ...

    def stop(self) -> None:
        """The worker is asked to end: jobs that take long end soon, with their work handed on."""
        ...

    def idle(self) -> None:
        """No job has run here for some seconds: finish what is open."""
        ...
