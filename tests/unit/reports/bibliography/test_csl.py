"""Works as CSL-JSON: fields and types of CSL 1.0.2, and nothing that is not known."""

import json

from verifier.model import Author, Work, WorkKind
from verifier.reports.bibliography.csl import TYPES, csl_json
from verifier.reports.bibliography.entries import Entry

CSL_1_0_2 = {
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "chapter",
    "dataset",
    "document",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "paper-conference",
    "patent",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
}
"""Types of its appendix III that works of prose can have."""


def test_every_kind_of_work_has_a_type_of_the_standard():
    assert set(TYPES) == set(WorkKind)
    assert set(TYPES.values()) <= CSL_1_0_2


def test_a_work_with_everything():
    work = Work(
        "On bread",
        "Journal of Mills",
        None,
        (Author("Quist", "Ada"), Author("Fjord Board")),
        "2020-05-12",
        WorkKind.ARTICLE,
    )
    entry = Entry(work, ("doi:10.1/a", "isbn:978"), ("http://a.test/",), ("3", "14"))
    assert json.loads(csl_json([entry])) == [
        {
            "id": "work-1",
            "type": "article-journal",
            "title": "On bread",
            "author": [{"family": "Quist", "given": "Ada"}, {"literal": "Fjord Board"}],
            "container-title": "Journal of Mills",
            "issued": {"date-parts": [[2020, 5, 12]]},
            "URL": "http://a.test/",
            "DOI": "10.1/a",
            "ISBN": "978",
            "note": "Cited in notes 3, 14",
        }
    ]


def test_a_work_with_a_title_alone():
    entry = Entry(Work("Bread", kind=WorkKind.PRESS_RELEASE), (), (), ("*",))
    assert json.loads(csl_json([entry])) == [
        {"id": "work-1", "type": "document", "title": "Bread", "note": "Cited in note *"}
    ]
    assert json.loads(csl_json([])) == []
