"""Questions to registries: asked once a month each, archived and kept like any answer.

An answer that is none (silence, an error, a page) is asked for again by the next run; a registry that does not answer
three times in a row is left alone for the rest of the run.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from db.records import CapturedText
from verifier.engines import SourceReaders
from verifier.errors import LimitReached
from verifier.model import LinkStatus
from verifier.reports.labels import counted
from verifier.resolver import HostAsksToWait, Registry, isolated, look_up, registry_keys, without_body
from verifier.runs.context import Work, utc_now
from verifier.runs.stages.recording import record

STAGE = "registries"

LOOK_AGAIN = timedelta(days=30)
"""After this long a question is asked again: retractions come years after a work."""

MOST_LOOK_UPS = 200
"""Questions of one kind (records of identifiers, searches) that a run asks: what is over waits for the next."""

MOST_SILENCES = 3
"""Questions in a row that a registry may leave unanswered."""

_ANSWERED = (LinkStatus.OK, LinkStatus.MOVED, LinkStatus.BROKEN)


@dataclass(frozen=True, slots=True)
class Question:
    """What one registry is asked: a record by its identifier's `key`, or a search (None)."""

    registry: Registry
    url: str
    key: str | None = None
    decisive: bool = False


def answers_to(work: Work, questions: Sequence[Question]) -> dict[str, CapturedText]:
    """The newest answer to each question, by its address, those that are due asked now; none where there is none."""
    asked = {question.url: question for question in questions}
    known = work.store.links.statuses(list(asked))
    now = utc_now()
    due = [
        question
        for url, question in asked.items()
        if url not in known or known[url].status not in _ANSWERED or now - known[url].fetched_at > LOOK_AGAIN
    ]
    _ask(work, due[:MOST_LOOK_UPS])
    texts = work.store.links.texts(list(asked))
    return {url: captured for url, captured in texts.items() if captured.text.work is not None}


def _ask(work: Work, due: Sequence[Question]) -> None:
    if not due:
        return
    work.observer.stage(STAGE, len(due))
    keys = registry_keys(work.settings.check)
    silences: Counter[str] = Counter()
    with SourceReaders(processes=1) as read:
        for number, question in enumerate(due):
            name = question.registry.name
            if silences[name] >= MOST_SILENCES:
                continue
            look = partial(look_up, question.url, question.registry, work.session, read, keys.get(name))
            try:
                check = isolated(question.url, look)
            except HostAsksToWait:
                silences[name] = MOST_SILENCES
                continue
            except LimitReached:
                work.left.append(f"{counted(len(due) - number, 'question')} to registries not asked")
                return
            silences[name] = 0 if check.judgement.status in _ANSWERED else silences[name] + 1
            record(work, without_body(check), None)
            work.observer.step(STAGE, name)
