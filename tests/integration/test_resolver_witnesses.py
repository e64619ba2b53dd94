"""The second, independent sign of a link that is broken by its content, as hosts give it or do not."""

from pathlib import Path

import pytest

from tests.support.hostile_cases import PATIENT, Case, article, served, short_page
from tests.support.hostile_web import HostileWeb, Site, answer, redirect
from tests.support.web_sessions import web_session
from verifier.model import LinkReason, LinkStatus, PriorFetches, SourceText, Witness
from verifier.resolver import WarcArchive, check_address, judge_address

MISSING = short_page("Page not found", "Page not found", "Sorry, the page that you asked for does not exist.")
CANONICAL = MISSING.replace("</title>", "</title><link rel=canonical href=/>")
HOME = article("The society")
CITED = "/reports/bridges-in-traffic"

CASES = {
    "any path shows it": (Case("anywhere", "", target=CITED, others=answer(MISSING)), Witness.HOST_ANSWER),
    "only here": (Case("here", "", {CITED: answer(MISSING)}, CITED), None),
    "its canonical link is the home page": (
        Case("canonical", "", {CITED: answer(CANONICAL)}, CITED),
        Witness.CANONICAL_LINK,
    ),
    "all that is unknown leads home": (
        Case("leads-home", "", {"/": answer(HOME)}, CITED, others=redirect("/", 302)),
        Witness.HOST_ANSWER,
    ),
    "this one leads home": (Case("one-home", "", {"/": answer(HOME), CITED: redirect("/", 302)}, CITED), None),
    "a code": (Case("code", "", {CITED: answer(MISSING, 404)}, CITED), None),
}


@pytest.mark.parametrize(("case", "witness"), CASES.values(), ids=CASES)
def test_who_else_says_that_it_is_missing(case: Case, witness: Witness | None) -> None:
    with served([case]) as (_, session):
        judgement = judge_address(case.address, session).judgement
    assert (judgement.status, judgement.witness) == (LinkStatus.BROKEN, witness)


@pytest.mark.parametrize(
    ("before", "witness"),
    [("The bridges carried 41 million crossings. " * 20, Witness.EARLIER_CAPTURE), (None, None)],
)
def test_an_earlier_capture_of_other_content_is_a_witness(
    tmp_path: Path, before: str | None, witness: Witness | None
) -> None:
    case = Case("earlier", "", {CITED: answer(MISSING)}, CITED)
    text = None if before is None else SourceText("0" * 64, "text/html", "1", before)
    site = {case.host: Site(case.replies, case.others)}
    with (
        HostileWeb(site) as web,
        WarcArchive(tmp_path) as archive,
        web_session(web.hosts, fetch=PATIENT, archive=archive) as session,
    ):
        check = check_address(case.address, session, PriorFetches(LinkStatus.BROKEN, text=text))
    assert (check.judgement.reason, check.judgement.witness) == (LinkReason.SOFT_404, witness)
