import pytest

from tests.support.parser_lines import make_line
from verifier.parser.notes.source_lines import Family, later_word_labels, support_of, word_label
from verifier.parser.page.lines import Line
from verifier.parser.page.tables import find_tables

PROSE = "The tolls of the gates were counted in every year of the reign, and nobody read them."


@pytest.mark.parametrize(
    ("text", "label", "family"),
    [
        ("Source: Ledger of the gates.", "Source", Family.SOURCE),
        ("SOURCES: Ledger of the gates.", "SOURCES", Family.SOURCE),
        ("Data source: Ledger.", "Data source", Family.SOURCE),
        ("Quelle: Zollbuch.", "Quelle", Family.SOURCE),
        ("Source : Registre.", "Source", Family.SOURCE),
        ("Fuente: Registro.", "Fuente", Family.SOURCE),
        ("Fonte: Registro.", "Fonte", Family.SOURCE),
        ("Bron: Register.", "Bron", Family.SOURCE),
        ("Källa: Register.", "Källa", Family.SOURCE),
        ("Note: Without carts.", "Note", Family.NOTE),
        ("Notes and sources: Ledger.", "Notes and sources", Family.NOTE),
        ("Anmerkung: Ohne Karren.", "Anmerkung", Family.NOTE),
        ("Note. Without carts.", "Note", Family.NOTE),
    ],
)
def test_words_that_announce(text: str, label: str, family: Family) -> None:
    found = word_label(text)
    assert found is not None
    assert (found.text, found.family) == (label, family)
    assert text[found.text_from :] == text.split(":" if ":" in text else ". ", 1)[1].strip()


@pytest.mark.parametrize(
    "text",
    [
        "source: a file",
        "Source:",
        "Sources of tolls: few",
        "Notebook: one",
        "Noted: all",
        "The source: a file",
        "Notes",
    ],
)
def test_words_that_do_not(text: str) -> None:
    assert word_label(text) is None


def test_a_second_word_within_a_line() -> None:
    assert [word.text for word in later_word_labels("Ledger of 1990. Note: Carts only; Source: Both.")] == [
        "Note",
        "Source",
    ]


def table(y: float) -> list[Line]:
    """A head and two rows of a table in small type."""
    rows = (("Gate", "2019", "2020"), ("North", "1,204", "1,310"), ("South", "980", "1,004"))
    return [
        make_line(text, x0=x0, y=y - 12 * n, size=9.0)
        for n, row in enumerate(rows)
        for x0, text in zip((72.0, 200.0, 260.0), row, strict=True)
    ]


def supports(lines: list[Line], size: float = 10.0, areas: set[int] | None = None) -> tuple[int, ...] | None:
    """The caption lines of the last line that announces something; None when nothing supports it."""
    index = max(at for at, line in enumerate(lines) if word_label(line.text))
    word = word_label(lines[index].text)
    assert word is not None
    found = support_of(lines, index, word, find_tables(lines, {index}), areas or set(), size)
    return None if found is None else found.caption.lines if found.caption else ()


def test_under_a_table() -> None:
    head = [make_line("Table 4. Tolls by gate", y=720.0, size=9.0)]
    for text in ("Source: Ledger of the gates.", "Note: Without carts.", "Note. Without carts."):
        assert supports([*head, *table(700.0), make_line(text, y=660.0, size=8.0)]) == (0,)
        assert supports([*table(700.0), make_line(text, y=660.0, size=8.0)]) == ()
    assert supports([*table(700.0), make_line("Note: Without carts.", y=560.0, size=8.0)]) is None


def test_under_a_chart_with_its_title_above() -> None:
    chart = [make_line(str(n), x0=72.0, y=680.0 - 30 * n, size=7.0) for n in range(5)]
    lines = [make_line("Figure 2: Carts by year", y=700.0), *chart, make_line("Source: Ledger.", y=500.0, size=8.0)]
    assert supports(lines) == (0,)
    assert supports([*lines[:-1], make_line("Note: Without carts.", y=500.0, size=8.0)]) == (0,)


def test_over_the_caption_of_a_figure() -> None:
    lines = [make_line("Source: Ledger.", y=500.0, size=8.0), make_line("Figure 2: Carts by year", y=488.0)]
    assert supports(lines) == (1,)


def test_under_a_title_without_a_number() -> None:
    title = make_line("Carts pay less than they did", y=620.0)
    source = make_line("Source: Our analysis of ledgers.", y=606.0)
    prose = [make_line(PROSE, y=660.0), make_line(PROSE, y=647.0)]
    assert supports([*prose, title, source]) == (2,)
    assert supports([*prose, title, make_line("Source: Our analysis of ledgers.", y=400.0)]) == (2,)


@pytest.mark.parametrize(
    "texts",
    [
        [PROSE, PROSE, "Source: a file of the package."],
        [PROSE, "It said so.", "Source: a file of the package."],
        ["Download", "Source: a file of the package."],
        ["The gates of the town", "Author: A. Toller", "Source: a file of the package."],
        ["The gates of the town", "Note: this is never read twice."],
        ["Figure 2: Carts by year", "Note: this is never read twice."],
    ],
)
def test_text_like_any_other(texts: list[str]) -> None:
    assert supports([make_line(text, y=700.0 - 12 * n) for n, text in enumerate(texts)]) is None


def test_a_note_as_large_as_the_text_counts_with_a_source_below() -> None:
    texts = ["Figure 2: Carts by year", "Note: Without carts.", "Source: Ledger of the gates."]
    lines = [make_line(text, y=700.0 - 12 * n) for n, text in enumerate(texts)]
    word = word_label(lines[1].text)
    assert word is not None
    assert support_of(lines, 1, word, [], set(), 10.0) is not None
