from verifier.review.template_filters import sentence_with_clause

MESSAGE = 'The text at note 9 says 40; the source says "44 buses" (Fares).'


def test_the_disputed_figure_is_marked_in_the_sentence() -> None:
    shown = sentence_with_clause("In all, 40 buses & 3 trams were sold.", None, MESSAGE)
    assert shown == 'In all, <strong class="disputed">40</strong> buses &amp; 3 trams were sold.'


def test_without_a_certain_place_nothing_is_marked() -> None:
    assert "disputed" not in sentence_with_clause("Of 40 buses 40 were sold.", None, MESSAGE)
