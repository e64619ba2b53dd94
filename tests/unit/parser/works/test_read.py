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


@pytest.mark.parametrize(
    ("text", "title", "publisher", "kind"),
    [
        ("Tove Lind, Kelp and Coin, 1760–1840 (Bergen: North, 2004), 7.", "Kelp and Coin, 1760–1840", "North", "book"),
        ("Lind, Tove. Kelp: A History. Bergen: North Press, 2004.", "Kelp: A History", "North Press", "book"),
        ("Lind T. Kelp. Bergen: North House; 2004.", "Kelp", "North House", "book"),
        ("Lind, T. (2004) Kelp and coin. 2nd edn. Bergen: Strand.", "Kelp and coin", "Strand", "book"),
        ("Lind, Tove: Tang und Geld, 2. Aufl., Kiel: Förde 2004, S. 7.", "Tang und Geld", "Förde", "book"),
        ("Lind, Tove, Tang und Geld, Kiel: Förde Verlag, 2004.", "Tang und Geld", "Förde Verlag", "book"),
        ("Lind, Tove: Tangpacht, in: Archiv für Küsten 7 (2004), S. 1–9.", "Tangpacht", None, "article"),
        ("Luc Morel, Les Goémons, Brest, Éditions du Quai, 1998, p. 5.", "Les Goémons", "Éditions du Quai", "book"),
        ("Lind, T. (2004). Kelp rents. In A. Dahl (Ed.), Shores (pp. 2–9). Strand.", "Kelp rents", "Strand", "chapter"),
        ("Lind, T. (2004). Kelp rents. Transport & Shore, 9(1), 1–9.", "Kelp rents", None, "article"),
        ("P. Moe, “Kelp sensors,” in Proc. 4th Int. Conf. Shores, Oslo, 2004, pp. 1–9.", "Kelp sensors", None, "paper"),
        ("TOVE LIND, LAW OF KELP § 4.2 (3d ed. 2004).", "LAW OF KELP", None, "book"),
        ("Tove Lind, ‘Kelp Rents Rise’ The Shore Gazette (Bergen, 4 July 2004) 7.", "Kelp Rents Rise", None, "news"),
        ("Shore Trust, “Kelp for All,” fact sheet, 2004.", "Kelp for All", None, "report"),
        ("Shore Council, Minutes of 4 June 1998, p. 3.", "Minutes of 4 June 1998", None, "report"),
        ("Tove Lind, interview by the author, Bergen, March 3, 2004.", None, None, "interview"),
        ("OLG Kiel, Urteil vom 3. Mai 2004 – 7 U 12/03.", None, None, "case"),
        ("CE, 14 juin 2004, n° 212345, Commune de Brest.", None, None, "case"),
        ("Nors. Rev. Stat. § 40.2-311 (2004).", None, None, "statute"),
    ],
)  # fmt: skip
def test_titles_publishers_and_kinds_of_many_styles(text, title, publisher, kind) -> None:
    work = read_work(text)
    assert work is not None
    assert (work.title, work.publisher, work.kind.value) == (title, publisher, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Hereinafter “the Kelp Report”.",
        "Lind, T. & Moe, P. Preprint at https://arxiv.example/abs/2003.01234 (2020).",
        "LIND, A., AND MOE, B. Walls of harbour 2006.",
    ],
)
def test_no_title_is_made_up(text) -> None:
    work = read_work(text)
    assert work is None or work.title is None


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
