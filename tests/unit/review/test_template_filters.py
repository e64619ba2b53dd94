import pytest

from verifier.review.template_filters import isolated_words, quote_with_figure, sentence_with_clause

MESSAGE = 'The text at note 9 says 40; the source says "44 buses" (Fares).'


def test_the_disputed_figure_is_marked_in_the_sentence() -> None:
    shown = sentence_with_clause("In all, 40 buses & 3 trams were sold.", None, MESSAGE)
    assert shown == 'In all, <strong class="disputed">40</strong> buses &amp; 3 trams were sold.'


def test_without_a_certain_place_nothing_is_marked() -> None:
    assert "disputed" not in sentence_with_clause("Of 40 buses 40 were sold.", None, MESSAGE)


def test_the_words_that_a_source_has_otherwise_are_marked_on_both_sides():
    message = 'The text at note 19 quotes "away" where the source has "back" (Toll policy).'
    sentence = "It asks “that no driver should be turned away for want of means”."
    quote = "that no driver should be turned back for want of means"
    assert '<strong class="disputed">away</strong>' in sentence_with_clause(sentence, None, message, quote)
    marked = quote_with_figure(quote, quote, message, sentence)
    assert marked.startswith("<mark>")
    assert '<strong class="disputed">back</strong>' in marked


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ('The text says 12; the source says "12" (A title).', 'The text says 12; the source says "12" (A title).'),
        (
            'Note 1 says 12; the source says "بنسبة 12" (تقرير <b>).',
            "Note 1 says 12; the source says &#34;<bdi>بنسبة 12</bdi>&#34; (<bdi>تقرير &lt;b&gt;</bdi>).",
        ),
        (
            "Note 1 cites “דוח”; its address shows “x”.",
            "Note 1 cites “<bdi>דוח</bdi>”; its address shows “<bdi>x</bdi>”.",
        ),
    ],
)
def test_words_from_right_to_left_stay_within_their_quotation_marks(message, shown):
    assert isolated_words(message) == shown
