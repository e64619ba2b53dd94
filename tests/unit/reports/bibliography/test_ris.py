"""Works as RIS, read back by a reader of RIS."""

import pytest
import rispy

from verifier.model import Author, Work, WorkKind
from verifier.reports.bibliography.entries import Entry
from verifier.reports.bibliography.ris import TYPES, ris_text


def test_every_kind_of_work_has_a_type_of_the_format():
    assert set(TYPES) == set(WorkKind)
    assert set(TYPES.values()) <= set(rispy.TYPE_OF_REFERENCE_MAPPING)


def test_what_is_written_is_read_back():
    work = Work(
        "On bread", "Journal", "Fjord", (Author("Quist", "Ada"), Author("Board")), "2020-05-12", WorkKind.ARTICLE
    )
    text = ris_text(
        [
            Entry(work, ("doi:10.1/a",), ("http://a.test/", "http://b.test/"), ("3",)),
            Entry(Work("Milk"), (), (), ("4",)),
        ]
    )
    first, second = rispy.loads(text)
    assert text.startswith("TY  - JOUR\n")
    assert first["title"] == "On bread"
    assert first["authors"] == ["Quist, Ada", "Board"]
    assert (first["year"], first["date"], first["doi"]) == ("2020", "2020/05/12/", "10.1/a")
    assert first["urls"] == ["http://a.test/", "http://b.test/"]
    assert first["notes"] == ["Cited in note 3"]
    assert second["title"] == "Milk"


def test_no_text_of_a_document_begins_a_field_of_its_own():
    (read,) = rispy.loads(ris_text([Entry(Work("Bread\nER  - \nTY  - BOOK\nTI  - Milk"), (), (), ("1",))]))
    assert read["title"] == "Bread ER - TY - BOOK TI - Milk"


@pytest.mark.parametrize(
    ("date", "written"), [("2020-05-12", "2020/05/12/"), ("2020-05", "2020/05//"), ("2020", None), (None, None)]
)
def test_a_date_has_the_slashes_of_the_format(date, written):
    (read,) = rispy.loads(ris_text([Entry(Work("Bread", date=date), (), (), ("1",))]))
    assert read.get("date") == written


def test_no_works_are_an_empty_file():
    assert ris_text([]) == ""
