"""Who wrote a Markdown draft, by its front matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.parser.authorship.front_matter import markdown_authors


@pytest.mark.parametrize(
    ("matter", "names"),
    [
        ("author: Ana Ruiz", ("Ana Ruiz",)),
        ('author: "Ana Ruiz^[Uni]"', ("Ana Ruiz",)),
        ("Author: Eurostat", ("Eurostat",)),
        ("author: [Ana Ruiz, Bo Li]", ("Ana Ruiz", "Bo Li")),
        ("authors:\n- Ana Ruiz\n- Bo Li", ("Ana Ruiz", "Bo Li")),
        ("author: |\n  Ana Ruiz\n  Bo Li", ("Ana Ruiz", "Bo Li")),
        ("author:\n  name: Ana Ruiz\n  url: x", ("Ana Ruiz",)),
        ("author:\n  - name: Ana Ruiz\n    role: x\n  - name: {given: Bo, family: Li}", ("Ana Ruiz", "Bo Li")),
        ("authors:\n- Ana Ruiz:\n    institute: [x]\n- Bo Li: y", ("Ana Ruiz", "Bo Li")),
        ("date: 2024-99-99\nauthor: Ana Ruiz", ("Ana Ruiz",)),
        ("author: '[Ana Ruiz](https://uni.test)'", ("Ana Ruiz",)),
        ("author: admin", ()),
        ("author: jdoe", ()),
        ("author: null", ()),
        ("author:", ()),
        ("author: {{ site.author }}", ()),
        ("author: $author$", ()),
        ("author: Ana: the best", ()),
        ("author: *nowhere", ()),
        ("author: &a [*a]", ()),
        ("author: !!python/object/apply:os.getcwd []", ()),
        ("author: " + "[" * 5000, ()),
        ("title: x", ()),
        ("- a\n- b", ()),
    ],
)
def test_yaml(matter, names):
    assert markdown_authors(f"---\n{matter}\n---\ntext") == names
    assert markdown_authors(f"text\n\n---\n{matter}\n---\n") == ()


def test_pandocs_title_block():
    assert markdown_authors("% Title\n  goes on\n% Ana Ruiz; Bo Li\n% 2020\n") == ("Ana Ruiz", "Bo Li")
    assert markdown_authors("% Title\n% Ana Ruiz\n  Bo Li\n") == ("Ana Ruiz", "Bo Li")
    assert markdown_authors("% Title\n%\n% 2020\n") == ()


@given(st.text(alphabet="-author: []{}&*!|>%\nAB,'\"#", max_size=80))
def test_any_text_is_read(text):
    markdown_authors(f"---\nauthor: {text}\n---\n")
    markdown_authors(f"% {text}")
