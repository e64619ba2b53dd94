from collections.abc import Sequence
from itertools import pairwise

from verifier.parser.page.hocr import OcrLine, raised_marks, read_lines, with_marks

HEIGHT = 800.0


def hocr(*lines: tuple[int, Sequence[str], float]) -> bytes:
    """Lines of (baseline from the top, words, letter height); `'x` is a raised character x. Every letter is 5 wide."""
    shown = []
    for base, words, tall in lines:
        x, parts = 50.0, []
        for word in words:
            chars, raised = [], False
            for sign in word:
                if sign == "'":
                    raised = True
                    continue
                top, bottom = (base - 1.6 * tall, base - 0.75 * tall) if raised else (base - tall, base)
                box = f"{x:.1f} {top:.1f} {x + 5:.1f} {bottom:.1f}"
                chars.append(f'<span class="ocrx_cinfo" title="x_bboxes {box}; x_conf 90">{sign}</span>')
                x, raised = x + 5, False
            parts.append(f'<span class="ocrx_word" title="bbox 0 0 1 1">{"".join(chars)}</span>')
            x += 4
        title = f"bbox 50 {base - 10} {x:.0f} {base}; baseline 0 0; x_size {2 * tall:.1f}"
        shown.append(f'<span class="ocr_line" title="{title}">{" ".join(parts)}</span>')
    return f"<html><body>{''.join(shown)}</body></html>".encode()


def texts(lines: Sequence[OcrLine]) -> list[str]:
    return ["".join(glyph.char for glyph in line.glyphs()) for line in lines]


def test_words_are_parted_and_letters_touch() -> None:
    (line,) = read_lines(hocr((100, ["noses", "are", "recent", "news"], 4.5)), 1.0, HEIGHT)
    glyphs = list(line.glyphs())
    assert texts([line]) == ["noses are recent news"]
    assert {glyph.base for glyph in glyphs} == {HEIGHT - 100}
    assert {glyph.size for glyph in glyphs} == {10.0}
    assert all(one.x1 >= two.x0 for one, two in pairwise(glyphs))


def test_pixels_become_points() -> None:
    (line,) = read_lines(hocr((100, ["noses", "amuse", "mares"], 4.5)), 2.0, HEIGHT)
    assert (line.x0, line.base, line.type_size) == (25.0, HEIGHT - 50, 5.0)


def test_lines_of_nearly_the_same_size_agree_and_short_ones_follow_them() -> None:
    lines = [(100, ["unanimous", "consensus"], 4.5), (120, ["seven", "zero"], 4.6), (140, ["it"], 6.0),
             (160, ["unanimous", "consensus"], 3.6), (180, ["17"], 6.0)]  # fmt: skip
    assert [line.type_size for line in read_lines(hocr(*lines), 1.0, HEIGHT)] == [10.0, 10.0, 10.0, 8.0, 8.0]


def test_a_raised_sign_is_told_from_quotation_marks_and_read_anew() -> None:
    lines = read_lines(hocr((100, ["someone", "wrote", "so'“", "here'®'o"], 4.5)), 1.0, HEIGHT)
    assert len(raised_marks(lines)) == 2
    (line,) = with_marks(lines, {0: "1", 1: "12"})
    assert texts([line]) == ["someone wrote so1 here12"]
    raised = [glyph for glyph in line.glyphs() if glyph.char.isdigit()]
    assert all(glyph.base > HEIGHT - 100 and glyph.size < 8 for glyph in raised)


def test_a_mark_that_nothing_was_read_for_stays_as_it_was() -> None:
    lines = read_lines(hocr((100, ["someone", "wrote", "so'?"], 4.5)), 1.0, HEIGHT)
    assert texts(with_marks(lines, {})) == ["someone wrote so?"]


def test_a_misread_label_among_others_takes_its_number_from_them() -> None:
    page = hocr(*[(100 + 20 * n, ["'?", "someone", "wrote", "so"], 4.5) for n in range(5)])
    lines = read_lines(page, 1.0, HEIGHT)
    assert [text[0] for text in texts(with_marks(lines, {0: "7", 1: "8", 2: "5", 3: "10"}))] == [
        "7",
        "8",
        "9",
        "1",
        "1",
    ]
    assert [text[0] for text in texts(with_marks(lines, {0: "7", 1: "3", 2: "5"}))] == ["7", "3", "5", "?", "?"]


def test_letters_whose_places_were_lost_are_spread_over_their_word() -> None:
    boxes = ("50 95 55 100", "60 95 65 100", "52 95 58 100")
    chars = "".join(
        f'<span class="ocrx_cinfo" title="x_bboxes {box}">{sign}</span>' for box, sign in zip(boxes, "owl", strict=True)
    )
    word = f'<span class="ocrx_word" title="bbox 0 0 1 1">{chars}</span>'
    page = f'<p><span class="ocr_line" title="bbox 50 90 65 100; baseline 0 0; x_size 9">{word}</span></p>'
    (line,) = read_lines(page.encode(), 1.0, HEIGHT)
    assert texts([line]) == ["owl"]
    assert [glyph.x0 for glyph in line.glyphs()] == [50.0, 55.0, 60.0]


def test_a_page_without_words_has_no_lines() -> None:
    assert read_lines(b"<html><body></body></html>", 1.0, HEIGHT) == []
