"""What an editor is told of an address, given every check of it so far: "broken" is earned.

The three-checks rule follows Wikimedia's InternetArchiveBot, which calls a link dead after three failures that are
each more than three days apart, and forgets them all at the first live answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from verifier.checker.fingerprints import link_fingerprint
from verifier.checker.severity import classify
from verifier.model import (
    BY_CONTENT,
    Evidence,
    Finding,
    FindingCode,
    Judgement,
    LinkReason,
    LinkStatus,
    PastCheck,
    Replacement,
    ReplacementKind,
    SnapshotRef,
)

REPLACEABLE = frozenset({FindingCode.LINK_BROKEN, FindingCode.LINK_UNCONFIRMED, FindingCode.LINK_UNREACHABLE})
"""Stages at which an archived copy is offered to be cited instead."""

_NOT_READ = frozenset({LinkStatus.BROKEN, LinkStatus.BLOCKED})
CHECKS_NEEDED = 3
CHECK_GAP = timedelta(days=3)


@dataclass(slots=True)
class _Streak:
    """Checks of one kind since the last live answer; one too soon after the last that counted does not count."""

    count: int = 0
    first: datetime | None = None
    counted_at: datetime | None = None
    reason: LinkReason | None = None
    witnessed: bool = False

    def add(self, check: PastCheck) -> None:
        self.reason = check.reason
        self.witnessed = self.witnessed or check.reason not in BY_CONTENT or check.witness is not None
        if self.counted_at is not None and check.checked_at - self.counted_at < CHECK_GAP:
            return
        self.count += 1
        self.first = self.first or check.checked_at
        self.counted_at = check.checked_at

    @property
    def enough(self) -> bool:
        return self.count >= CHECKS_NEEDED


def link_stage(checks: Sequence[PastCheck]) -> FindingCode | None:
    """The finding that an address's checks (oldest first) amount to, or None when there is nothing to say.

    - A definitive sign is `link_unconfirmed`; after three such checks with gaps of three days or more, `link_broken`.
    - A sign by content alone (`BY_CONTENT`) stays `link_unconfirmed`, however often it is seen, until a second,
      independent one was seen in the same streak (`Witness`).
    - A malformed address is broken at once: no server has a say in it.
    - Three transient failures with such gaps are `link_unreachable`, and never more.
    - `ok` and `moved` reset both counts; `blocked` freezes them.
    - `refused` is our own policy and says nothing of the link: such a check is passed over. Where the latest failed for
      a reason of our own and nothing else is to be said, that is `check_failed`; so it is where the link is fine and
      what it serves could not be read, so that nothing was held against it.
    - Where a person handed in what no program may read, nothing is left to do: neither `link_blocked` nor
      `check_failed`, until the address answers or seems dead.
    """
    stage, _ = _weigh(checks)
    return stage


def is_too_soon(checks: Sequence[PastCheck]) -> bool:
    """Whether the latest check says nothing yet: it failed, perhaps only for now, and too few before it did so too.

    What was told of the address before stays as it is: a moved link whose host is down for a night has not healed.
    """
    stage, _ = _weigh(checks)
    asked = [check for check in checks if check.status is not LinkStatus.REFUSED]
    return stage is None and bool(asked) and asked[-1].status is LinkStatus.UNREACHABLE


def wants_witness(checks: Sequence[PastCheck]) -> bool:
    """Whether an address is broken by its content, was seen so often enough, and has no second sign of it yet."""
    stage, streak = _weigh(checks)
    by_content = checks[-1].status is LinkStatus.BROKEN and checks[-1].reason in BY_CONTENT if checks else False
    return stage is FindingCode.LINK_UNCONFIRMED and streak.enough and not streak.witnessed and by_content


def is_out_of_reach(checks: Sequence[PastCheck]) -> bool:
    """Whether a source is dead or blocked, by its last two checks (oldest first): what was read of it is a copy.

    One bad night is not enough: what was found in the source would change with it, and change back.
    """
    asked = [check.status for check in checks if check.status is not LinkStatus.REFUSED]
    return len(asked) > 1 and all(status in _NOT_READ for status in asked[-2:])


def link_finding(
    address: str,
    checks: Sequence[PastCheck],
    judgement: Judgement | None = None,
    *,
    snapshot: SnapshotRef | None = None,
    replacements: Sequence[Replacement] = (),
) -> Finding | None:
    """The finding of an address, worded for an editor; None when there is none.

    `checks` are oldest first and include the latest, whose `judgement` names the HTTP status and where it led;
    `snapshot` is its archived response; `replacements` are what may be cited instead of a dead one.
    """
    stage, streak = _weigh(checks)
    if stage is None:
        return None
    latest = checks[-1]
    kind, severity = classify(stage)
    moved_to = judgement.final_url if judgement is not None and stage is FindingCode.LINK_MOVED else None
    if stage not in REPLACEABLE:
        replacements = (Replacement(ReplacementKind.NEW_ADDRESS, moved_to),) if moved_to else ()
    message = _message(stage, latest, streak, judgement)
    if latest.unread:
        message += f" Nothing was held against what it serves, which could not be read: {latest.unread}."
    return Finding(
        fingerprint=link_fingerprint(address),
        code=stage,
        kind=kind,
        severity=severity,
        message=message,
        url=address,
        evidence=Evidence(snapshot=snapshot, fetched_at=latest.checked_at),
        replacements=tuple(replacements),
    )


def _weigh(checks: Sequence[PastCheck]) -> tuple[FindingCode | None, _Streak]:
    stage, streak = _weigh_answers(checks)
    if _is_supplied(checks):
        return (None if stage is FindingCode.LINK_BLOCKED else stage), streak
    if stage is None and checks and (checks[-1].reason is LinkReason.CHECK_FAILED or checks[-1].unread):
        return FindingCode.CHECK_FAILED, streak
    return stage, streak


def _is_supplied(checks: Sequence[PastCheck]) -> bool:
    """Whether a person handed in what the address holds, and no program has read it itself since."""
    for check in reversed(checks):
        if check.supplied:
            return True
        if check.status in (LinkStatus.OK, LinkStatus.MOVED) and not check.unread:
            return False
    return False


def _weigh_answers(checks: Sequence[PastCheck]) -> tuple[FindingCode | None, _Streak]:
    broken, transient = _Streak(), _Streak()
    latest: PastCheck | None = None
    for check in checks:
        if check.status is LinkStatus.REFUSED:
            continue
        latest = check
        if check.status in (LinkStatus.OK, LinkStatus.MOVED):
            broken, transient = _Streak(), _Streak()
        elif check.status is LinkStatus.BROKEN:
            broken.add(check)
        elif check.status is LinkStatus.UNREACHABLE:
            transient.add(check)
    if latest is None or latest.status is LinkStatus.OK:
        return None, broken
    if latest.status is LinkStatus.MOVED:
        return FindingCode.LINK_MOVED, broken
    if latest.status is LinkStatus.BLOCKED:
        return FindingCode.LINK_BLOCKED, broken
    malformed = latest.status is LinkStatus.BROKEN and latest.reason is LinkReason.MALFORMED_ADDRESS
    if (broken.enough and broken.witnessed) or malformed:
        return FindingCode.LINK_BROKEN, broken
    if latest.status is LinkStatus.UNREACHABLE and transient.enough:
        return FindingCode.LINK_UNREACHABLE, transient
    return (FindingCode.LINK_UNCONFIRMED, broken) if broken.count else (None, broken)


_REASONS = {
    LinkReason.NOT_FOUND: "the server says that there is no such page",
    LinkReason.GONE: "the server says that the page is gone",
    LinkReason.NO_SUCH_HOST: "there is no such host",
    LinkReason.SOFT_404: "the page that is served says that it was not found",
    LinkReason.REDIRECT_TO_HOME: "it leads to the site's home page",
    LinkReason.REDIRECT_TO_ERROR: "it leads to an error page",
    LinkReason.PARKED_DOMAIN: "the domain is parked or for sale",
    LinkReason.REDIRECT_LOOP: "its redirects go round in a circle",
    LinkReason.MALFORMED_ADDRESS: "the address is malformed",
    LinkReason.CERTIFICATE_WRONG_NAME: "the certificate is for another name",
}


def _message(stage: FindingCode, latest: PastCheck, streak: _Streak, judgement: Judgement | None) -> str:
    if stage is FindingCode.LINK_MOVED:
        target = judgement.final_url if judgement is not None else None
        return f"The link has moved to {target}." if target else "The link has moved for good."
    if stage is FindingCode.CHECK_FAILED and latest.unread:
        return "The link answers, but its source was not checked."
    if stage is FindingCode.CHECK_FAILED:
        return "The link was not checked: our own check of it failed, which says nothing of the link."
    reason = latest.reason if stage is FindingCode.LINK_BLOCKED else streak.reason or latest.reason
    why = _REASONS.get(reason, reason.value.replace("_", " "))
    if judgement is not None and judgement.http_status is not None and judgement.reason is reason:
        why += f" (HTTP {judgement.http_status})"
    if stage is FindingCode.LINK_BLOCKED:
        return f"The page is there, but we may not read it: {why}."
    if stage is FindingCode.LINK_UNCONFIRMED and streak.enough:
        return f"The link looks missing: have a look. So far only the page says so: {why}."
    if stage is FindingCode.LINK_UNCONFIRMED:
        return f"The link looks broken: {why}; it is checked again before it is called so."
    if reason is LinkReason.MALFORMED_ADDRESS:
        return f"The link is broken: {why}. Print it as its source has it."
    counted = f"{streak.count} checks since {streak.first:%Y-%m-%d}"
    if stage is FindingCode.LINK_UNREACHABLE:
        return f"The link does not answer: {why}; {counted}."
    return f"The link is broken: {why}; {counted} agree."
