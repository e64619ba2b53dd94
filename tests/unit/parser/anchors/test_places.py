from tests.support.parser_lines import make_line
from verifier.parser.anchors.places import anchor_at
from verifier.parser.labels import read_labels
from verifier.parser.notes.markers import Marker
from verifier.parser.notes.note import AnchorTarget
from verifier.parser.page.text_flow import FlowBuilder, Piece


def test_a_cell_under_its_heads() -> None:
    lines = [make_line("2020"), make_line("tonnes"), make_line("North"), make_line("1,204a")]
    marker = Marker(3, 1, 5, 6, read_labels("a")[0])
    heads = ((Piece(2, 0, 5),), (Piece(0, 0, 4), Piece(1, 0, 6)))
    target = AnchorTarget(1, (Piece(3, 0, 6, ((5, 6),)),), heads, marker)
    anchor = anchor_at(target, lines, FlowBuilder(lines, {}))
    assert anchor.sentence == "North, 2020, tonnes: 1,204"
    assert anchor.clause == anchor.sentence
    assert anchor.boxes == (lines[3].box(5, 6),)


def test_a_caption_over_two_lines() -> None:
    lines = [make_line("Figure 3: Carts on the"), make_line("north road", y=688.0)]
    anchor = anchor_at(AnchorTarget(4, (Piece(0, 0, 22), Piece(1, 0, 10))), lines, FlowBuilder(lines, {}))
    assert (anchor.page, anchor.sentence) == (4, "Figure 3: Carts on the north road")
    assert anchor.marker_offset == len(anchor.sentence)
    assert len(anchor.boxes) == 2


def test_a_marker_inside_a_title() -> None:
    lines = [make_line("Tollsa by gate")]
    marker = Marker(0, 1, 5, 6, read_labels("a")[0])
    anchor = anchor_at(AnchorTarget(1, (Piece(0, 0, 14, ((5, 6),)),), (), marker), lines, FlowBuilder(lines, {}))
    assert (anchor.sentence, anchor.clause) == ("Tolls by gate", "Tolls")
