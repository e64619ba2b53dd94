import difflib

from tests.accuracy.record import VERDICTS, accused, judge_corpus, written
from verifier.model import Verdict


def test_the_verdicts_are_those_recorded() -> None:
    recorded = VERDICTS.read_text(encoding="utf-8")
    now = written(judge_corpus())
    changed = difflib.unified_diff(recorded.splitlines(), now.splitlines(), "recorded", "now", lineterm="", n=0)
    assert now == recorded, "run python -m tests.accuracy.record and read its diff:\n" + "\n".join(changed)


def test_nothing_right_is_accused_and_most_that_is_wrong_is_seen() -> None:
    judged = judge_corpus()
    wrong = [answer for case, answer in judged if case.expected is Verdict.CONTRADICTED]
    fine = [answer for case, answer in judged if case.expected is not Verdict.CONTRADICTED]
    assert len(judged) >= 150
    assert [
        case.claim for case, answer in judged if case.expected is not Verdict.CONTRADICTED and accused(answer)
    ] == []
    assert sum(answer.verdict is Verdict.CONTRADICTED for answer in fine) <= 0.04 * len(fine)
    assert sum(answer.verdict is Verdict.CONTRADICTED for answer in wrong) >= 0.7 * len(wrong)
    assert sum(answer.verdict is Verdict.SUPPORTED for answer in wrong) <= 0.15 * len(wrong)
