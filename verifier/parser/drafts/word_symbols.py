"""Glyphs of fonts that are no letters (`w:sym`), as the characters that they look like."""

_SYMBOL = dict(
    zip(
        range(0x20, 0x7F),
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
        strict=True,
    )
) | dict(
    zip(
        range(0xA1, 0xE6),
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
        strict=True,
    )
)
"""Adobe's Symbol encoding (PDF 32000-1, annex D.5)."""
_WINGDINGS = {
    0xE0: "→",
    0xDF: "←",
    0xE1: "↑",
    0xE2: "↓",
    0xFC: "✓",
    0xFB: "✗",
    0xA7: "▪",
    0x6C: "●",
    0x6E: "■",
    0x4A: "☺",
}


def symbol(font: str, code: str) -> str:
    """The character of a glyph that is given by its hexadecimal code; nothing where it is not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        number -= 0xF000
    elif number > 0xFF:
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xF900 else ""
    if "wingdings" in font.casefold() or "webdings" in font.casefold():
        return _WINGDINGS.get(number, "")
    if "symbol" in font.casefold():
        return _SYMBOL.get(number, "")
    return chr(number) if number >= 0x20 else ""
