"""Every choice of a filter counts what it leads to, whatever is chosen beside it."""

import pytest

from db.review_queue import QueueFilter
from tests.support.stores import day, figure_finding, link_finding, note, publish
from verifier.model import Coverage, Decision, FindingCode, FindingState

A, B, C = "http://a.test/1", "http://b.test/2", "http://sub.a.test/3"


@pytest.fixture
def filled(store):
    """Three documents in two folders, one link that two of them print, figures, and decisions."""
    files = {"press/a.pdf": [A, B], "press/2024/b.pdf": [A, C], "pressroom/c.pdf": [C]}
    documents = [
        publish(store, path, f"sha{i}", *(note(n, [url]) for n, url in enumerate(urls, 1)))
        for i, (path, urls) in enumerate(files.items())
    ]
    run = store.runs.begin("nightly", [], day(0)).id
    for i, document in enumerate(documents):
        figures = [figure_finding(f"figure {i} {n}") for n in range(i + 1)]
        store.findings.save_document_result(document.id, run, "key", [], figures, Coverage(), day(0))
    store.findings.save_link_findings(run, [link_finding(url) for url in (A, B, C)], [], day(0))
    store.findings.add_review(f"link {A}", Decision.ACCEPT, "ann", "", "t1", day(1))
    store.findings.add_review("figure 2 0", Decision.DISMISS, "ben", "no", "t2", day(1))
    return store


@pytest.mark.parametrize(
    "wanted",
    [
        QueueFilter(),
        QueueFilter(state=None),
        QueueFilter(state=None, folder="papers/press"),
        QueueFilter(state=FindingState.ACCEPTED),
        QueueFilter(state=None, host="a.test"),
        QueueFilter(state=None, code=FindingCode.LINK_UNCONFIRMED, words="b.test"),
        QueueFilter(state=None, reviewer="ann"),
        QueueFilter(new=True),
        QueueFilter(words="nowhere"),
    ],
    ids=str,
)
def test_every_choice_counts_its_list(filled, wanted):
    sought = (
        ("host", filled.queue_choices.hosts),
        ("folder", filled.queue_choices.folders),
        ("reviewer", filled.queue_choices.reviewers),
    )
    for name, choices in sought:
        for choice in choices(wanted, "", 100):
            chosen = QueueFilter(**{field: getattr(wanted, field) for field in wanted.__slots__} | {name: choice.value})
            assert filled.queue.count(chosen) == len(filled.queue.page(chosen)) == choice.count > 0, (name, choice)


def test_choices_are_sought_by_parts_of_their_names(filled):
    choices, all_states = filled.queue_choices, QueueFilter(state=None)
    assert [one.value for one in choices.folders(all_states, "press", 9)] == [
        "papers/press",
        "papers/press/2024",
        "papers/pressroom",
    ]
    assert [one.value for one in choices.folders(all_states, "2024 press", 9)] == ["papers/press/2024"]
    assert [one.value for one in choices.hosts(all_states, "A.TEST", 9)] == ["a.test", "sub.a.test"]
    assert len(choices.hosts(all_states, "", 1)) == 1
    assert choices.hosts(all_states, "zebra", 9) == ()


def test_a_decision_shows_in_the_choices(filled):
    assert [one.value for one in filled.queue_choices.reviewers(QueueFilter(state=None), "", 9)] == ["ann", "ben"]
    filled.findings.add_review(f"link {B}", Decision.ACCEPT, "ben", "", "t3", day(2))
    assert [one.value for one in filled.queue_choices.reviewers(QueueFilter(state=None), "", 9)] == ["ben", "ann"]
