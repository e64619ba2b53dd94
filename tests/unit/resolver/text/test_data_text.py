"""Data files as text: rows as lines with their heads, values with their names."""

import pytest

from verifier.resolver.text.data_text import csv_text, json_text, xml_text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("year,bridges\n2024,142\n", "year | bridges\n2024 | 142", id="commas"),
        pytest.param("year;bridges\r\n2024;1,5\r\n", "year | bridges\n2024 | 1,5", id="semicolons, decimal commas"),
        pytest.param("year\tbridges\n2024\t142\n", "year | bridges\n2024 | 142", id="tabs"),
        pytest.param('year,name\n2024,"Aldern, old\nbridge"\n', "year | name\n2024 | Aldern, old bridge", id="quotes"),
        pytest.param("year,bridges\n\n,\n2024,142\n", "year | bridges\n2024 | 142", id="empty rows"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_csv(written: str, text: str):
    assert csv_text(written) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param('[{"year": 2024, "n": 142}, {"year": 2025, "more": true}]',
            "year | n | more\n2024 | 142 | \n2025 |  | true", id="like records"),
        pytest.param('{"bridges": [{"n": 1}, {"n": 2}]}', "bridges\nn\n1\n2", id="records with a name"),
        pytest.param('{"county": {"bridges": 142, "name": " Al\\n dern"}}', "county.bridges: 142\ncounty.name: Al dern",
            id="names within names"),
        pytest.param('{"n": [1, 2]}', "n: 1\nn: 2", id="a list of figures"),
        pytest.param('[{"n": {"a": 1}}, {"n": 2}]', "n.a: 1\nn: 2", id="records that are no table"),
        pytest.param('{"n": null}', "n: ", id="nothing for a value"),
        pytest.param("142", "142", id="a figure alone"),
        pytest.param("{broken", "{broken", id="no JSON"),
        pytest.param("[" * 100_000, "[" * 100_000, id="nested without end"),
    ],
)  # fmt: skip
def test_json(written: str, text: str):
    assert json_text(written) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("<a><b>142 \n bridges</b><c x='9'/>tail</a>", "142 bridges\ntail", id="elements"),
        pytest.param("<a>142 <b>bridges</a>", "142\nbridges", id="an end that is missing"),
        pytest.param(
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>142&b;</a>',
            "142\n&b;",
            id="another file: named, never read",
        ),
        pytest.param("no XML", "no XML", id="no XML"),
    ],
)
def test_xml(written: str, text: str):
    assert xml_text(written.encode(), written) == text
