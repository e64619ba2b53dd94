"""The tasks of the queue: each hands its job to the worker's handlers. None is ever tried again by the queue itself.

When an address is due again says the store; what a worker lost is put in anew from it.
"""

from procrastinate import App, PsycopgConnector

from db.queue_jobs import CHECK_SHARD, CLOSE_RUN, COMPARE_DOCUMENT, PLAN_RUN, READ_DOCUMENT
from verifier.engines.queue.handlers import JobHandlers
from verifier.model import ShardToken


def queue_app(connector: PsycopgConnector, handlers: JobHandlers) -> App:
    """The queue with its tasks, not yet open."""
    app = App(connector=connector)

    @app.task(name=CHECK_SHARD)
    def check_shard(run: int, shard: int, epoch: int) -> None:
        handlers.check_shard(ShardToken(run, shard, epoch))

    @app.task(name=READ_DOCUMENT)
    def read_document(run: int, sha256: str, parser_version: str) -> None:
        handlers.read_document(run, sha256, parser_version)

    @app.task(name=COMPARE_DOCUMENT)
    def compare_document(run: int, document: int) -> None:
        handlers.compare_document(run, document)

    @app.task(name=PLAN_RUN)
    def plan_run(run: int) -> None:
        handlers.plan_run(run)

    @app.task(name=CLOSE_RUN)
    def close_run(run: int) -> None:
        handlers.close_run(run)

    return app
