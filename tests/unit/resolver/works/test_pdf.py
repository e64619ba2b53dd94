import pytest

from tests.support.works import pdf_of
from tests.support.works_cases import Case
from verifier.model import DescribedWork, Nature, TitleOrigin
from verifier.resolver.text.document_text import read_payload

BODY = (("The survey covers forty districts, and three rivers that flow through them.", 11.0),) * 20


def described(*lines: tuple[str, float], title: str | None = None) -> DescribedWork:
    body = pdf_of(Case("", "", ("same",), pdf=(*lines, *BODY), pdf_title=title))
    readable = read_payload(body, "application/pdf")
    assert readable is not None
    assert readable.work is not None
    return readable.work


def test_the_largest_lines_are_the_title_and_what_is_under_it_says_who_and_when() -> None:
    work = described(
        ("Working Paper Series", 11.0),
        ("Tolls on Old Bridges:", 22.0),
        ("Evidence from 40 Ports", 22.0),
        ("Ada Quist, Ben Hart", 12.0),
        ("May 2016", 11.0),
    )
    assert (work.nature, work.title) == (Nature.WORK, "Tolls on Old Bridges: Evidence from 40 Ports")
    assert [str(author) for author in work.authors] == ["Quist, Ada", "Hart, Ben"]
    assert (work.dates, work.by_line) == (("2016",), True)


def test_one_size_of_type_shows_no_title() -> None:
    assert described(("Tolls on Old Bridges", 11.0)).nature is Nature.NOTHING


@pytest.mark.parametrize("junk", ["Microsoft Word - final_v3.docx", "Untitled", "Layout 1", "report.indd", "00012345"])
def test_what_programs_write_is_no_title(junk: str) -> None:
    assert described(title=junk).nature is Nature.NOTHING


def test_the_metadata_title_stands_behind_the_shown_one() -> None:
    work = described(("Tolls on Old Bridges", 22.0), title="Tolls on bridges, a draft")
    assert [title.origin for title in work.titles] == [TitleOrigin.FIRST_PAGE, TitleOrigin.PDF_METADATA]
