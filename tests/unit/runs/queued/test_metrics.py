"""What is watched of a queue: every metric of the reference, of a queue that has work and of one that has none."""

import re
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from tests.support.shared_stores import shared
from tests.support.stores import T0, checked, day
from verifier.domains import shard_of
from verifier.model import ShardToken
from verifier.runs.queued.metrics import queue_metrics, write_queue_metrics

__all__ = ["shared"]

pytestmark = pytest.mark.postgresql

REFERENCE = (Path(__file__).parents[4] / "docs" / "reference.md").read_text(encoding="utf-8")


def values(shared):
    text = generate_latest(queue_metrics(shared.store.queue_state(shared.jobs))).decode()
    return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))


def test_every_metric_is_in_the_reference(shared, tmp_path):
    write_queue_metrics(shared.store, shared.jobs, tmp_path / "queue.prom")
    names = set(re.findall(r"^(verifier_queue_\w+)", (tmp_path / "queue.prom").read_text(), re.M))
    told = set(re.findall(r"`(verifier_queue_\w+)`", REFERENCE))
    assert {name for name in names if not name.endswith("_created")} == told


def test_a_queue_with_work(shared):
    shared.share("http://a.test/1", "http://b.test/1")
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    token = ShardToken(shared.run_id, shard_of("a.test"), 1)
    shared.store.shards.keep_check(token, checked("http://a.test/1"), day(7), T0)
    shared.ask("INSERT INTO {queue}.procrastinate_workers DEFAULT VALUES")
    found = values(shared)
    assert found['verifier_queue_depth{queue="web"}'] == "2.0"
    assert found['verifier_queue_phase{phase="checking"}'] == "1.0"
    assert found["verifier_queue_open_shards"] == "2.0"
    assert found["verifier_queue_fetches_total"] == "1.0"
    assert found["verifier_queue_workers"] == "1.0"
    assert float(found["verifier_queue_oldest_shard_seconds"]) > 0


def test_a_queue_without(shared):
    found = values(shared)
    assert found['verifier_queue_depth{queue="cpu"}'] == "0.0"
    assert {found[f'verifier_queue_phase{{phase="{name}"}}'] for name in ("reading", "ended")} == {"0.0"}
