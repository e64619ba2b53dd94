"""A batch over all open findings of a large store: rows, statements and parts, and how long a part is.

    python -m benchmarks.desk_batches --keep FOLDER      the store of `benchmarks.desk --keep FOLDER`; a copy is decided

What must hold: 50,000 findings within 4 s on a quiet machine, no part longer than .5 s. Statements and parts are the
same on any machine; on one that others use the processor's time says more than the clock.
"""

import argparse
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event

from db.batches import NewBatch, StoredBatch
from db.review_queue import QueueFilter
from db.reviews import NewReview
from db.store import Store
from verifier.model import Decision, FindingState
from verifier.review.batch_runner import REST

MOST_SECONDS, MOST_OF_A_PART = 4.0, 0.5


def carry_out(store: Store, batch: StoredBatch) -> tuple[StoredBatch, list[float]]:
    """Go on as the desk does, with a rest between two parts; how long each part took."""
    parts = []
    while not batch.is_over:
        begun = time.perf_counter()
        batch = store.batches.go_on(batch.id, datetime.now(UTC)) or batch
        parts.append(time.perf_counter() - begun)
        time.sleep(REST)
    return batch, parts


def main() -> int:
    """Copy, decide, take back, print; 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, required=True)
    given = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as temporary:
        copy = shutil.copy(given.keep / "verifier.db", temporary)
        with Store.open(f"sqlite:///{copy}") as store:
            asked: list[str] = []
            event.listen(store._sessions.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
            ids = store.queue.numbers(QueueFilter())
            review = NewReview(Decision.ACCEPT, "Ana", "a batch", "benchmark")
            new = NewBatch(review, FindingState.OPEN, store.decisions.newest())
            for name in ("decided", "taken back"):
                asked.clear()
                begun, used = time.perf_counter(), time.process_time()
                if name == "decided":
                    batch = store.batches.begin(new, ids, datetime.now(UTC))
                else:
                    batch = store.batches.undo(batch.id, "Ana", datetime.now(UTC)) or batch
                batch, parts = carry_out(store, batch)
                took, spent = time.perf_counter() - begun, time.process_time() - used
                many = batch.made if name == "decided" else batch.undone
                print(
                    f"{many:,} {name}: {took:.2f} s, processor {spent:.2f} s; {len(parts)} parts of at most "
                    f"{max(parts):.3f} s, {len(asked)} statements"
                )
                missed |= took > MOST_SECONDS or max(parts) > MOST_OF_A_PART
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
