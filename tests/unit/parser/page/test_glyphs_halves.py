"""Characters outside the BMP reach us as UTF-16 halves; nothing that leaves the parser may hold one."""

import pytest

from verifier.parser.page import glyphs, structure


@pytest.mark.parametrize(
    ("units", "read"),
    [
        ([0x61, 0xD835, 0xDF00, 0x62], "a\U0001d700b"),
        ([0xD83D, 0xDE00], "\U0001f600"),
        ([0xD835, 0x61], "\ufffda"),
        ([0x61, 0xDF00], "a\ufffd"),
        ([0xD835], "\ufffd"),
        ([0xD835, 0xD835, 0xDF00], "\ufffd\U0001d700"),
    ],
)
def test_two_halves_are_one_character_and_one_alone_is_none(units, read, monkeypatch):
    monkeypatch.setattr(
        glyphs.pdfium, "FPDFText_GetUnicode", lambda _, index: units[index] if index < len(units) else 0, raising=True
    )
    codes = [glyphs._whole(None, n, u) if 0xD800 <= u <= 0xDFFF else u for n, u in enumerate(units)]
    assert "".join(chr(code) for code in codes if code) == read


@pytest.mark.parametrize(
    ("text", "sound"),
    [("plain", "plain"), ("\ud835\udf00", "\U0001d700"), ("a\ud835", "a\ufffd"), ("", "")],
)
def test_text_that_leaves_can_be_written(text, sound):
    assert structure._sound(text) == sound
    structure._sound(text).encode("utf-8")
