"""A link that is dead by its content alone needs a second, independent sign before it is called broken."""

from datetime import UTC, datetime, timedelta

import pytest

from verifier.checker import link_finding, link_stage
from verifier.model import BY_CONTENT, FindingCode, LinkReason, LinkStatus, PastCheck, Witness

START = datetime(2026, 1, 1, tzinfo=UTC)


def fortnight(reason: LinkReason, *witnesses: Witness | None) -> list[PastCheck]:
    return [
        PastCheck(START + timedelta(days=4 * number), LinkStatus.BROKEN, reason, witness)
        for number, witness in enumerate(witnesses)
    ]


@pytest.mark.parametrize("reason", sorted(BY_CONTENT))
def test_content_alone_is_never_enough(reason: LinkReason) -> None:
    assert link_stage(fortnight(reason, *[None] * 12)) is FindingCode.LINK_UNCONFIRMED


@pytest.mark.parametrize("witness", Witness)
@pytest.mark.parametrize("reason", sorted(BY_CONTENT))
def test_with_a_witness_three_checks_are(reason: LinkReason, witness: Witness) -> None:
    assert link_stage(fortnight(reason, None, witness)) is FindingCode.LINK_UNCONFIRMED
    assert link_stage(fortnight(reason, None, witness, None)) is FindingCode.LINK_BROKEN


def test_a_live_answer_dismisses_the_witness() -> None:
    live = PastCheck(START + timedelta(days=1), LinkStatus.OK, LinkReason.SERVED)
    later = [
        PastCheck(START + timedelta(days=4 * number), LinkStatus.BROKEN, LinkReason.SOFT_404) for number in range(1, 6)
    ]
    assert link_stage([*fortnight(LinkReason.SOFT_404, Witness.HOST_ANSWER), live, *later]) is (
        FindingCode.LINK_UNCONFIRMED
    )


@pytest.mark.parametrize("reason", [LinkReason.NOT_FOUND, LinkReason.GONE, LinkReason.NO_SUCH_HOST])
def test_codes_and_names_need_no_witness(reason: LinkReason) -> None:
    assert link_stage(fortnight(reason, None, None, None)) is FindingCode.LINK_BROKEN


def test_the_editor_is_asked_to_look() -> None:
    finding = link_finding("http://example.test/a", fortnight(LinkReason.SOFT_404, None, None, None))
    assert finding is not None
    assert finding.message.startswith("The link looks missing: have a look.")
