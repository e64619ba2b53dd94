"""Sentences: the whole sentence around a place in a flow's text."""

from verifier.parser.page.text_flow import PARAGRAPH
from verifier.parser.patterns import regex

_END = regex(
    r"[.!?…؟][\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9À-ÖØ-ÞΑ-ΩА-ЯЁא-תء-ي$€£])"
    r"|[。！？｡][」』）”’\"')\]]*"
)
"""A stop before a blank and what begins a sentence; the stops of Chinese and Japanese need neither."""
_ABBREVIATION = regex(
    r"(?:^|[\s(\[“\"‘'])(?:[A-Z]|[A-Z]\.[A-Z]|(?:[A-Z]\.){2,}[A-Z]|[a-z](?:\.[a-z])+|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Gen|Sen|Rep|Gov|Hon|"
    r"Fig|Figs|Eq|No|Nos|Vol|vol|vols|Ed|ed|eds|al|cf|Cf|vs|v|pp|p|ca|c|approx|Sec|sec|Art|art|Ch|ch|Inc|Ltd|Corp|Co|"
    r"Bros|Dept|Univ|Ass’n|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|viz|etc|i\.e|e\.g|Pub|Stat|Rev|op|cit|para|paras|"
    r"Thos|Wm|Chas|Geo|Jas|Jos|Jno|Benj|Saml|Robt|Edw|Alex|Richd|"
    r"App|Cir|Supp|Ann|Op|Reg|Fed|Cal|Tex|Mass|Conn|Pa|Va|Md|Fla|Ill|Ind|Mich|Minn|Wash)$"
)
_BEFORE_NUMBER = regex(r"(?:^|\s)(?:art|sec|para|paras|vol|vols|p|pp|no|ch)$")
"""Abbreviations that have a number behind them; before a word in capitals such a word is one: "Net art. As"."""
_WORD_BEHIND = regex(r"\s+[\"'“‘«(\[]*(?![IVXLCDM]+\b)[A-ZÀ-ÖØ-Þ][\w’']*")
_REACH = 4000
"""Characters to each side in which a sentence's ends are looked for."""


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Start and end of the sentence that holds the last written character before `offset`.

    A marker behind a full stop belongs to the sentence that the stop ends.
    """
    at = offset
    while at > 0 and text[at - 1] in " \t":
        at -= 1
    if at > 0 and text[at - 1] == PARAGRAPH:
        at = offset
    low = max(text.rfind(PARAGRAPH, 0, at) + 1, at - _REACH, 0)
    high = text.find(PARAGRAPH, at)
    high = min(len(text) if high < 0 else high, at + _REACH)
    start = low
    for end in _sentence_ends(text, low, high):
        if end >= at:
            high = end
            break
        start = end
    while start < at and text[start : start + 1].isspace():
        start += 1
    while high > start and text[high - 1].isspace():
        high -= 1
    return start, high


def _sentence_ends(text: str, low: int, high: int) -> list[int]:
    """The offsets just behind each sentence's last character, in `low:high`."""
    ends = []
    window = text[low:high]
    for match in _END.finditer(window):
        before = window[max(0, match.start() - 16) : match.start()]
        short = window[match.start()] == "." and _ABBREVIATION.search(before)
        if short and not (_BEFORE_NUMBER.search(before) and _WORD_BEHIND.match(window, match.end())):
            continue
        ends.append(low + match.end())
    ends.append(high)
    return ends
