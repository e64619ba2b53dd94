"""Works as data: the names of authors keep their two parts, bodies are whole."""

import json
from pathlib import Path

import pytest
from lxml import etree

from verifier.model import Author
from verifier.parser.drafts.bibtex import read_bibliography
from verifier.parser.drafts.works import csl_work, csl_works, endnote_works, word_sources


def test_csl_names() -> None:
    people = [
        {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
        {"literal": "Office for Tides"},
        {"family": "Reed"},
        {"given": ""},
        "nonsense",
    ]
    assert csl_work({"title": "Tides", "author": people}).authors == (
        Author("van Gogh", "Vincent"),
        Author("Office for Tides"),
        Author("Reed"),
    )


def test_a_citation_field_of_zotero() -> None:
    item = {"itemData": {"title": "Tides", "author": [{"family": "Reed", "given": "Ann B."}]}}
    (work,) = csl_works("ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [item]}))
    assert work.authors == (Author("Reed", "Ann B."),)
    assert work.reference() == "Ann B. Reed, “Tides”."


def test_endnote_names() -> None:
    (work,) = endnote_works(
        "<EndNote><Cite><Author>Reed</Author><record><contributors><authors><author>Reed, Ann</author>"
        "<author>Office for Tides</author></authors></contributors></record></Cite></EndNote>"
    )
    assert work.authors == (Author("Reed", "Ann"), Author("Office for Tides"))


def test_word_names() -> None:
    found = word_sources(
        etree.fromstring(
            "<b:Sources xmlns:b='urn:b'><b:Source><b:Tag>R1</b:Tag><b:Author><b:Author><b:NameList><b:Person>"
            "<b:Last>Reed</b:Last><b:First>Ann</b:First><b:Middle>B.</b:Middle></b:Person></b:NameList></b:Author>"
            "</b:Author></b:Source></b:Sources>"
        )
    )
    assert found["R1"].authors == (Author("Reed", "Ann B."),)


@pytest.mark.parametrize(
    ("field", "authors"),
    [
        ("Reed, Ann B.", (Author("Reed", "Ann B."),)),
        ("Ann B. Reed and Vincent van Gogh", (Author("Reed", "Ann B."), Author("van Gogh", "Vincent"))),
        ("{Office for Tides and Ports}", (Author("Office for Tides and Ports"),)),
        ("Office for Tides", (Author("Office for Tides"),)),
        ('M{\\"u}ller, Eva and others', (Author("Müller", "Eva"),)),
        ("King, Jr., Martin", (Author("King Jr.", "Martin"),)),
    ],
)
def test_bibtex_names(tmp_path: Path, field: str, authors: tuple[Author, ...]) -> None:
    file = tmp_path / "a.bib"
    file.write_text(f"@book{{k, title = {{Tides}}, author = {{{field}}}, year = 2010}}", encoding="utf-8")
    assert read_bibliography(file.read_bytes())["k"].authors == authors
