import pytest

from verifier.parser.citations.quoted_spans import quoted_span_mask


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a (b) c", "  (b)  "),
        ("a (b c", "      "),
        ("a) b (c)", "     (c)"),
        ("“a” b", "“a”  "),
        ("“a b “c”", "     “c”"),
        ('a "b; c" d', '  "b; c"  '),
        ('5" of "rain"', '      "rain"'),
        ("‘it’s’ a", "‘it’s’  "),
        ("‘the gaugers’ view’ a", "‘the gaugers’ view’  "),
        ("the gaugers’ view; ‘a’", "                   ‘a’"),
        ("the '90s 'a' b", "         'a'  "),
        ("„a“ b", "„a“  "),
        ("« a » b", "« a »  "),
        ("(a “b) c”", "(a “b)   "),
        ("[a (b] c)", "[a (b]   "),
    ],
)
def test_what_is_enclosed(text: str, shown: str) -> None:
    assert "".join(char if inside else " " for char, inside in zip(text, quoted_span_mask(text), strict=True)) == shown
