"""Names of people and bodies, and what programs write in their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.parser.authorship.names import recorded_names, stated_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Iñés Who", ("Iñés Who",)),
        ("Ana Ruiz, Bo Li, and Cy Day", ("Ana Ruiz", "Bo Li", "Cy Day")),
        ("Ana Ruiz and Bo Li", ("Ana Ruiz", "Bo Li")),
        ("Ruiz, Ana; Li, Bo", ("Ana Ruiz", "Bo Li")),
        ("Ana Ruiz, Jr.", ("Ana Ruiz",)),
        ("Dr. Ana Ruiz, PhD", ("Dr. Ana Ruiz",)),
        ("Ana Ruiz (Uni)", ("Ana Ruiz",)),
        ("Ana Ruiz <ana@uni.test>", ("Ana Ruiz",)),
        ("bell hooks", ("bell hooks",)),
        ("山田太郎", ("山田太郎",)),
        ("محمد علي", ("محمد علي",)),
        ("Judith Guest", ("Judith Guest",)),
        ("Home Office", ("Home Office",)),
        ("Congressional Budget Office", ("Congressional Budget Office",)),
        ("Department of Health and Human Services", ("Department of Health and Human Services",)),
        ("Ministry of Health, Welfare and Sport", ("Ministry of Health, Welfare and Sport",)),
        ("Administrator; Ana Ruiz", ("Ana Ruiz",)),
        ("Ana\u202e Ruiz\x07", ("Ana Ruiz",)),
    ],
)
def test_people_and_bodies(text, names):
    assert recorded_names([text]) == names
    assert stated_names([text]) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "-",
        "Microsoft Word",
        "Microsoft® Word 2016",
        "Microsoft Office User",
        "MS Word",
        "LibreOffice",
        "LibreOffice 7.4",
        "pdfTeX",
        "Adobe InDesign CC",
        "Acrobat PDFMaker 11 for Word",
        "python-docx",
        "Apache POI",
        "admin",
        "Administrator",
        "root",
        "Windows User",
        "User",
        "Lenovo User",
        "Valued Acer Customer",
        "HP",
        "USER-PC",
        "DOMAIN\\jdoe",
        "jdoe",
        "j.doe",
        "jdoe42",
        "@ana",
        "ana@uni.test",
        "https://uni.test/ana",
        "Author",
        "Author Name",
        "Your Name",
        "Anonymous",
        "Anonymous Author(s)",
        "Unknown",
        "N/A",
        "null",
        "report final.docx",
        "x" * 500 + " y",
    ],
)
def test_what_nobody_is_called(text):
    assert stated_names([text]) == ()


@pytest.mark.parametrize("text", ["John", "Eurostat", "Dgoltz"])
def test_a_word_alone_is_a_name_where_somebody_wrote_it_and_not_where_a_program_did(text):
    assert stated_names([text]) == (text,)
    assert recorded_names([text]) == ()


@given(st.text(max_size=200))
def test_a_name_is_one_line_that_can_be_seen(text):
    for name in stated_names([text]):
        assert name.isprintable()
        assert name == " ".join(name.split())
