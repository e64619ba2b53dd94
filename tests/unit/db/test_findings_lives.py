"""The life of findings, whatever happens in whatever order, against a model that fits on a page."""

import itertools
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from db.store import Store
from tests.support.stores import day, figure_finding, link_finding, publish
from verifier.model import Coverage, Decision, FindingCode, FindingKind, FindingState

FIGURES = [figure_finding("f 1"), figure_finding("f 2"), figure_finding("f 1", FindingCode.FIGURE_CHECK)]
LINKS = [
    link_finding(url, code)
    for url in ("http://a.test/", "http://b.test/")
    for code in (FindingCode.LINK_UNCONFIRMED, FindingCode.LINK_BROKEN)
]


@dataclass
class Life:
    """What we expect of one finding."""

    state: FindingState
    kind: FindingKind
    opened: int
    decision: Decision | None = None

    @property
    def shown(self) -> FindingState:
        decided = {Decision.ACCEPT: FindingState.ACCEPTED, Decision.DISMISS: FindingState.DISMISSED}
        if self.state is FindingState.OPEN:  # what waits for an answer or a day is over when the finding has healed
            decided |= {Decision.QUERY: FindingState.QUERIED, Decision.SNOOZE: FindingState.SNOOZED}
        return decided.get(self.decision, self.state)

    def is_news_of(self, run_id: int) -> bool:
        accused = self.kind is FindingKind.ACCUSATION and self.state is FindingState.OPEN
        return accused and self.opened == run_id and self.decision is not Decision.DISMISS


class Lives(RuleBasedStateMachine):
    """A document's figures and two links over some nights."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.open(f"sqlite:///{self.folder / 'verifier.db'}")
        self.document = publish(self.store, "a.pdf", "sha")
        self.lives: dict[str, Life] = {}
        self.tokens = itertools.count()
        self.begin()

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def see(self, findings: list) -> None:
        for finding in findings:
            life = self.lives.setdefault(finding.fingerprint, Life(FindingState.OPEN, finding.kind, self.run_id))
            if life.state is FindingState.CLOSED or life.kind is not finding.kind:
                life.opened = self.run_id
            life.state, life.kind = FindingState.OPEN, finding.kind

    @rule()
    def begin(self) -> None:
        self.run_id = self.store.runs.begin("run", [str(next(self.tokens))], day(0)).id

    @rule(found=st.lists(st.sampled_from(FIGURES), unique_by=lambda finding: finding.fingerprint))
    def compare(self, found: list) -> None:
        self.store.findings.save_document_result(self.document.id, self.run_id, "key", [], found, Coverage(), day(0))
        for fingerprint, life in self.lives.items():
            if fingerprint.startswith("f ") and fingerprint not in {finding.fingerprint for finding in found}:
                life.state = FindingState.CLOSED
        self.see(found)

    @rule(
        found=st.lists(st.sampled_from(LINKS), unique_by=lambda finding: finding.fingerprint),
        healed=st.sets(st.sampled_from([finding.url for finding in LINKS])),
    )
    def conclude(self, found: list, healed: set) -> None:
        self.store.findings.save_link_findings(self.run_id, found, sorted(healed), day(0))
        for url in healed:
            if life := self.lives.get(f"link {url}"):
                life.state = FindingState.CLOSED
        self.see(found)

    @precondition(lambda self: self.lives)
    @rule(data=st.data(), decision=st.sampled_from([one for one in Decision if one is not Decision.QUIET]))
    def review(self, data, decision: Decision) -> None:
        fingerprint = data.draw(st.sampled_from(sorted(self.lives)))
        self.store.findings.add_review(fingerprint, decision, "ann", "", f"token {next(self.tokens)}", day(0))
        self.lives[fingerprint].decision = decision

    @invariant()
    def the_store_says_what_the_model_says(self) -> None:
        told = {found.finding.fingerprint: (found.state, found.finding.kind) for found in self.store.findings.list()}
        assert told == {fingerprint: (life.shown, life.kind) for fingerprint, life in self.lives.items()}
        news = {found.finding.fingerprint for found in self.store.findings.list(run_id=self.run_id) if found.new_in_run}
        assert news == {fingerprint for fingerprint, life in self.lives.items() if life.opened == self.run_id}
        news = self.store.findings.new_accusations(self.run_id)
        assert news == sum(life.is_news_of(self.run_id) for life in self.lives.values())


Lives.TestCase.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
TestLives = Lives.TestCase
