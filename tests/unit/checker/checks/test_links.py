from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.checker.checks.links import is_too_soon, link_finding, link_stage
from verifier.model import (
    FindingCode,
    FindingKind,
    Judgement,
    LinkReason,
    LinkStatus,
    PastCheck,
    Replacement,
    ReplacementKind,
    SnapshotRef,
)

START = datetime(2026, 1, 1, 2, 0, tzinfo=UTC)
STATUSES = {
    "o": (LinkStatus.OK, LinkReason.SERVED),
    "m": (LinkStatus.MOVED, LinkReason.PERMANENT_REDIRECT),
    "b": (LinkStatus.BROKEN, LinkReason.NOT_FOUND),
    "u": (LinkStatus.UNREACHABLE, LinkReason.TIMEOUT),
    "w": (LinkStatus.BLOCKED, LinkReason.BOT_WALL),
    "r": (LinkStatus.REFUSED, LinkReason.PRIVATE_ADDRESS),
    "x": (LinkStatus.BROKEN, LinkReason.MALFORMED_ADDRESS),
}


def history(days: str) -> list[PastCheck]:
    """Checks from a string: one letter a check, a day apart, `.` a day without one.

    A capital letter is a source that a person handed in while its address was so.
    """
    return [
        PastCheck(START + timedelta(days=day), *STATUSES[letter.lower()], supplied=letter.isupper())
        for day, letter in enumerate(days)
        if letter != "."
    ]


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        ("", None),
        ("o", None),
        ("b", "link_unconfirmed"),
        ("b..b", "link_unconfirmed"),
        ("b..b..b", "link_broken"),
        ("bbb", "link_unconfirmed"),
        ("bbbbbb", "link_unconfirmed"),
        ("bbbbbbb", "link_broken"),
        ("b.b.b.b", "link_unconfirmed"),
        ("b..b..bo", None),
        ("b..b..bob", "link_unconfirmed"),
        ("b..b..bm", "link_moved"),
        ("b..b..bmo", None),
        ("m", "link_moved"),
        ("w", "link_blocked"),
        ("b..w..b..b", "link_broken"),
        ("b..b..w", "link_blocked"),
        ("b..b..b..w..b", "link_broken"),
        ("b..u..b", "link_unconfirmed"),
        ("b..u..b..b", "link_broken"),
        ("b..b..b..u", "link_broken"),
        ("bu", "link_unconfirmed"),
        ("u", None),
        ("u..u", None),
        ("u..u..u", "link_unreachable"),
        ("u..u..u..u..u..u..u", "link_unreachable"),
        ("uuu", None),
        ("u..uo..u", None),
        ("u..u..w..u", "link_unreachable"),
        ("u..u..ub", "link_unconfirmed"),
        ("x", "link_broken"),
        ("ox", "link_broken"),
        ("xo", None),
        ("r", None),
        ("br", "link_unconfirmed"),
        ("b..r..b..b", "link_broken"),
        ("b..b..r", "link_unconfirmed"),
        ("wW", None),
        ("wWwww", None),
        ("wWu", None),
        ("wWow", "link_blocked"),
        ("wWb", "link_unconfirmed"),
        ("wWb..b..b", "link_broken"),
        ("wWm", "link_moved"),
    ],
)
def test_stage(days: str, stage: str | None) -> None:
    assert link_stage(history(days)) == stage


@pytest.mark.parametrize(
    ("days", "too_soon"),
    [
        ("mu", True),
        ("wu", True),
        ("ou", True),
        ("u..u", True),
        ("mur", True),
        ("u..u..u", False),
        ("bu", False),
        ("m", False),
        ("uo", False),
        ("r", False),
    ],
)
def test_a_failure_that_may_pass_says_nothing_yet(days: str, too_soon: bool) -> None:
    assert is_too_soon(history(days)) is too_soon


def test_a_gap_just_short_of_three_days_does_not_count() -> None:
    gap = timedelta(days=3) - timedelta(seconds=1)
    checks = [PastCheck(START + number * gap, *STATUSES["b"]) for number in range(3)]
    assert link_stage(checks) is FindingCode.LINK_UNCONFIRMED


checks = st.lists(
    st.tuples(st.sampled_from("oombuwr"), st.integers(0, 10 * 24)),
    max_size=25,
).map(
    lambda steps: [
        PastCheck(START + timedelta(hours=sum(gap for _, gap in steps[: at + 1])), *STATUSES[letter])
        for at, (letter, _) in enumerate(steps)
    ]
)


@given(checks)
def test_no_history_makes_a_live_link_broken(past: list[PastCheck]) -> None:
    live = [*past, PastCheck(START + timedelta(days=400), *STATUSES["o"])]
    assert link_stage(live) is None
    assert link_stage([*live, PastCheck(START + timedelta(days=800), *STATUSES["b"])]) is FindingCode.LINK_UNCONFIRMED


@given(checks)
def test_broken_needs_three_definite_signs_since_the_last_answer(past: list[PastCheck]) -> None:
    if link_stage(past) is not FindingCode.LINK_BROKEN:
        return
    answers = [at for at, check in enumerate(past) if check.status in (LinkStatus.OK, LinkStatus.MOVED)]
    since = past[answers[-1] + 1 if answers else 0 :]
    signs = [check.checked_at for check in since if check.status is LinkStatus.BROKEN]
    assert len(signs) >= 3
    assert signs[-1] - signs[0] >= timedelta(days=6)


@given(checks)
def test_transient_failures_alone_never_break(past: list[PastCheck]) -> None:
    transient = [check for check in past if check.status is not LinkStatus.BROKEN]
    assert link_stage(transient) not in (FindingCode.LINK_BROKEN, FindingCode.LINK_UNCONFIRMED)


@given(checks)
def test_refused_checks_are_as_if_not_made(past: list[PastCheck]) -> None:
    assert link_stage(past) == link_stage([check for check in past if check.status is not LinkStatus.REFUSED])


def test_finding_names_reason_status_and_checks() -> None:
    past = history("b..b..b")
    judgement = Judgement(LinkStatus.BROKEN, LinkReason.NOT_FOUND, 404, "http://a.example/x")
    finding = link_finding("http://a.example/x", past, judgement, snapshot=SnapshotRef("a.warc.gz", 12))
    assert finding is not None
    assert finding.kind is FindingKind.ACCUSATION
    assert finding.message == (
        "The link is broken: the server says that there is no such page (HTTP 404); 3 checks since 2026-01-01 agree."
    )
    assert finding.evidence.snapshot == SnapshotRef("a.warc.gz", 12)
    assert finding.evidence.fetched_at == past[-1].checked_at


def test_a_broken_link_that_now_times_out_is_still_told_by_its_definite_sign() -> None:
    judgement = Judgement(LinkStatus.UNREACHABLE, LinkReason.TIMEOUT, None, None)
    finding = link_finding("http://a.example/x", history("b..b..b..u"), judgement)
    assert finding is not None
    assert "no such page; 3 checks" in finding.message


@pytest.mark.parametrize(
    ("days", "judgement", "words"),
    [
        ("m", Judgement(LinkStatus.MOVED, LinkReason.PERMANENT_REDIRECT, 301, "http://b/"), "has moved to http://b/."),
        ("w", Judgement(LinkStatus.BLOCKED, LinkReason.BOT_WALL, 403, None), "may not read it: bot wall (HTTP 403)"),
        ("u..u..u", None, "does not answer: timeout; 3 checks since 2026-01-01."),
        ("x", None, "The link is broken: the address is malformed."),
        ("b", None, "checked again before it is called so"),
    ],
)
def test_messages(days: str, judgement: Judgement | None, words: str) -> None:
    finding = link_finding("http://a.example/x", history(days), judgement)
    assert finding is not None
    assert words in finding.message


def test_replacement_is_offered_for_a_dead_link_only() -> None:
    copy = Replacement(ReplacementKind.ARCHIVED_COPY, "http://archive.example/2020/x")
    dead = link_finding("http://a.example/x", history("b"), replacements=[copy])
    walled = link_finding("http://a.example/x", history("w"), replacements=[copy])
    assert dead is not None
    assert walled is not None
    assert dead.replacements == (copy,)
    assert walled.replacements == ()


def test_where_a_page_moved_to_is_its_replacement() -> None:
    moved = Judgement(LinkStatus.MOVED, LinkReason.PERMANENT_REDIRECT, 301, "http://b/")
    finding = link_finding("http://a.example/x", history("m"), moved)
    assert finding is not None
    assert finding.replacements == (Replacement(ReplacementKind.NEW_ADDRESS, "http://b/"),)


def test_one_finding_through_all_stages() -> None:
    stages = [link_finding("http://a.example/x", history(days)) for days in ("b", "b..b..b", "u..u..u", "m", "w")]
    assert len({finding.fingerprint for finding in stages if finding}) == 1
    assert link_finding("http://a.example/x", history("b..b..bo")) is None
