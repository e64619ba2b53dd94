"""Works of citations, in the styles; the strings of tests/data/references.jsonl are invented."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.model import WorkKind
from verifier.parser.citations.split import read_citations
from verifier.parser.works.read import read_work

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[3] / "data" / "references.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_works_of_a_note(case) -> None:
    works = [citation.work for citation in read_citations(case["text"]) if citation.work]
    assert len(works) in case["accept_counts"]
    if case["works"]:
        assert [(work.title, work.year) for work in works] == [(w["title"], w["year"]) for w in case["works"]]


@pytest.mark.parametrize(
    ("text", "title", "container", "publisher", "date", "pinpoint"),
    [
        ("Ann Reed, Tides and Tables (Oslo: North, 2010), 14.", "Tides and Tables", None, "North", "2010", "14"),
        ("Ann Reed, “Tides,” River Review 12, no. 3 (2010): 14–20.", "Tides", "River Review", None, "2010", "14–20"),
        ("See Ann Reed, “Tides,” Courier, May 3, 2010, p. 4.", "Tides", "Courier", None, "2010-05-03", "4"),
        ("Bo Holm, Currents (2nd edn, OUP 2012) 3", "Currents", None, "OUP", "2012", "3"),
        ("Reed, A. (2010). Tides and tables. North.", "Tides and tables", "North", None, "2010", None),
        ("Tide Office, “Coast,” May 2021, https://t.example/2019.", "Coast", None, None, "2021-05", None),
        ("Tide Office, “Coast,” https://t.example/c (accessed 8 January 2017).", "Coast", None, None, None, None),
        ("“Coast,” Tide Office, 2021-04-09", "Coast", None, "Tide Office", "2021-04-09", None),
        ("Lake v. Mill, 410 U.S. 113, 120 (1973)", "Lake v. Mill", None, None, "1973", "120"),
    ],
)  # fmt: skip
def test_fields(text, title, container, publisher, date, pinpoint) -> None:
    work = read_work(text)
    assert work is not None
    assert (work.title, work.container, work.publisher, work.date, work.pinpoint) == (
        title, container, publisher, date, pinpoint,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The “Oslo tables” were printed twice.",
        "They stop at 31.",
        "Ibid, p 14",
        "Smith (n 3) 22.",
        "Fall 2010",
        "",
        "As the inspector said: “The piles are old.”",
        "“In answer . . . the Ministry has proposed . . . to drop it” (emphasis added).",
    ],
)
def test_no_work(text) -> None:
    assert read_work(text) is None


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Cui, Yu, Yi Tao, and A. Knoll. “Net.” In Proceedings, 4–20. 2023.", ["Cui, Yu", "Tao, Yi", "Knoll, A."]),
        ("Lin, X. & de Geus, D. Paths. Soil 9, 12 (2020).", ["Lin, X.", "de Geus, D."]),
        ("Roy, Ana; Kim, Bo: „Netze“, in: Recht 3 (2021), S. 7.", ["Roy, Ana", "Kim, Bo"]),
        ("Health and Rivers Office, Report on Wells, 2019.", ["Health and Rivers Office"]),
    ],
)
def test_authors(text, authors) -> None:
    (citation,) = read_citations(text)
    assert citation.work is not None
    assert [str(author) for author in citation.work.authors] == authors


def test_kinds() -> None:
    kinds = {
        "46 U.S.C. § 99104(b).": WorkKind.STATUTE,
        "Letter from Ann Reed to Bo Holm (Mar. 1, 2016).": WorkKind.LETTER,
        "Ann Reed, “Tides” (PhD diss., University of Oslo, 2014), 102.": WorkKind.THESIS,
    }
    assert {text: work.kind for text in kinds if (work := read_work(text))} == kinds


@given(st.text(st.sampled_from("AaBb .,;:()[]“”‘’'\"«»&0192v§–/"), max_size=80))
@settings(deadline=None)
def test_any_text_is_read(text) -> None:
    read_work(text)
