import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.characters import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("paper-v2.pdf", "paper-v2.pdf"),
        ("Bäume 数 עברית 👩‍👧.pdf", "Bäume 数 עברית 👩‍👧.pdf"),
        ("\x1b]0;owned\x07.pdf", "�]0;owned�.pdf"),
        ("\x9b2J", "�2J"),
        ("invoice\u202efdp.exe", "invoice�fdp.exe"),
        ("a\u2066b\u2069c\u200fd\u061ce", "a�b�c�d�e"),
        ("one\u2028two\ntwo\r", "one�two�two�"),
        ("half \udcff", "half �"),
        ("tag \U000e0041", "tag �"),
    ],
)
def test_what_steers_a_terminal_is_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_what_is_kept_is_kept() -> None:
    assert printable("a\n\tb\x1b", keep="\n\t") == "a\n\tb�"


@given(st.text(st.characters()))
def test_nothing_else_changes_and_nothing_steers(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in shown)
    assert printable(shown) == shown
    assert shown.encode().decode() == shown
