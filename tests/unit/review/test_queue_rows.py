"""Rows are kept for one version of the queue, and some seconds at most."""

from markupsafe import Markup

from db.review_queue import COUNTS_LAST, QueueFilter
from verifier.review.queue_rows import QueueRows, RowsCache


def test_rows_are_made_anew_for_another_version_filter_or_time():
    now, made = [0.0], []
    cache = RowsCache(lambda: now[0])

    def make() -> QueueRows:
        made.append(QueueRows(Markup(len(made)), True, None))
        return made[-1]

    first = cache.rows(QueueFilter(), None, 1, make)
    assert cache.rows(QueueFilter(), None, 1, make) is first
    assert cache.rows(QueueFilter(host="a.test"), None, 1, make) is not first
    second = cache.rows(QueueFilter(), None, 2, make)
    assert second is not first
    now[0] += COUNTS_LAST
    assert cache.rows(QueueFilter(), None, 2, make) is not second


def test_memory_is_bounded():
    cache = RowsCache()
    for number in range(500):
        cache.rows(QueueFilter(document_id=number), None, 1, lambda: QueueRows(Markup(), False, None))
    assert len(cache._kept) == 200
