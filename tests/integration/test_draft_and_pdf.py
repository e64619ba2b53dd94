"""A document that is there as draft and as PDF is one: what was decided about either holds of both."""

from datetime import timedelta

import pytest
import time_machine

from db.store import Store
from tests.support.draft_files import docx, odt, odt_note, paragraph, ref, run, word_note
from tests.support.watched_papers import SOURCE, START, dismiss_all, watched
from verifier.model import Decision, FindingState
from verifier.runs import nightly

__all__ = ["watched"]

SENTENCES = ("The county has 124 bridges.", "It keeps 13 ferries.")


@pytest.fixture
def settings(watched):
    return watched


@pytest.fixture
def night(settings):
    """A night of that number: what is found, as (document, sentence, state)."""

    def run_on(day):
        with time_machine.travel(START + timedelta(days=day), tick=True):
            outcome = nightly(settings)
        return sorted((f.places[0].document, f.finding.sentence, f.state.value) for f in outcome.report.findings)

    return run_on


@pytest.fixture
def write(tmp_path, make_paper):
    """Writes the same text in the form that a name says."""

    def made(name):
        file = tmp_path / "papers" / name
        file.parent.mkdir(exist_ok=True)
        if name.endswith(".pdf"):
            make_paper(f"papers/{name}", [(sentence, SOURCE) for sentence in SENTENCES])
        elif name.endswith(".docx"):
            body = "".join(paragraph(run(words), ref(n)) for n, words in enumerate(SENTENCES, 1))
            file.write_bytes(docx(body, "".join(word_note(n, run(SOURCE)) for n in (1, 2))))
        elif name.endswith(".odt"):
            words = "".join(f"<text:p>{s}{odt_note(str(n), SOURCE)}</text:p>" for n, s in enumerate(SENTENCES, 1))
            file.write_bytes(odt(words))
        elif name.endswith(".tex"):
            words = "\n\n".join(f"{s}\\footnote{{{SOURCE}}}" for s in SENTENCES)
            file.write_text(f"\\documentclass{{article}}\\begin{{document}}{words}\\end{{document}}")
        else:
            words = "\n\n".join(f"{s}[^{n}]" for n, s in enumerate(SENTENCES, 1))
            file.write_text(f"{words}\n\n" + "\n".join(f"[^{n}]: {SOURCE}\n" for n in (1, 2)))
        return file

    return made


def documents(settings):
    with Store.open(settings.store_url) as store:
        return [document.path for document in store.documents.current()]


@pytest.mark.parametrize("draft", ["paper.docx", "paper.odt", "paper.tex", "paper.md"])
def test_what_was_decided_about_a_draft_holds_of_its_pdf_and_again_of_the_draft(night, settings, write, draft):
    write(draft)
    told = night(0)
    assert [(sentence, state) for _, sentence, state in told] == [(s, "open") for s in sorted(SENTENCES, reverse=False)]
    dismiss_all(settings)
    pdf = write("paper.pdf")
    assert [(document, state) for document, _, state in night(1)] == [("paper.pdf", "dismissed")] * 2
    pdf.unlink()
    assert [(document, state) for document, _, state in night(2)] == [(draft, "dismissed")] * 2
    assert documents(settings) == [draft]


@pytest.mark.parametrize("draft", ["paper.docx", "paper.md"])
def test_what_was_decided_about_a_pdf_holds_of_the_draft_that_takes_its_place(night, settings, write, draft):
    pdf = write("paper.pdf")
    night(0)
    dismiss_all(settings)
    pdf.unlink()
    write(draft)
    assert [(document, state) for document, _, state in night(1)] == [(draft, "dismissed")] * 2
    assert documents(settings) == [draft]


@pytest.mark.parametrize(
    ("first", "second"),
    [("drafts/paper v3.docx", "paper.pdf"), ("paper.pdf", "drafts/paper v3.docx"), ("paper.docx", "final/paper.pdf")],
)
def test_forms_under_two_names_share_what_was_decided_before_and_what_is_decided_later(
    night, settings, write, first, second
):
    write(first)
    night(0)
    with Store.open(settings.store_url) as store:
        found = store.findings.list([FindingState.OPEN])[0].finding
        store.findings.add_review(found.fingerprint, Decision.DISMISS, "Ada", "", "one", START)
    write(second)
    told = {(document, sentence): state for document, sentence, state in night(1)}
    other = next(sentence for sentence in SENTENCES if sentence != found.sentence)
    assert told == {
        (first, found.sentence): "dismissed", (second, found.sentence): "dismissed",
        (first, other): "open", (second, other): "open",
    }  # fmt: skip
    with Store.open(settings.store_url) as store:
        (open_,) = (
            one.finding.fingerprint for one in store.findings.list([FindingState.OPEN]) if one.document == second
        )
        store.findings.add_review(open_, Decision.DISMISS, "Ada", "", "two", START)
    assert {state for _, _, state in night(2)} == {"dismissed"}
