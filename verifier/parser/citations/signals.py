"""Introductory signals: how an author says that a source bears on the text."""

import re

from verifier.model import Signal
from verifier.parser.patterns import regex

_E_G = r"(?:e\.\s?g\.|eg\b|for\s+(?:example|instance)\b)"
# The Bluebook, rule 1.2; OSCOLA 4, 1.2.1 (without points); the German, French, Spanish and Italian words for the same.
_SIGNALS: tuple[tuple[str, Signal], ...] = (
    (r"but\s+(?:see|compare)\b", Signal.BUT_SEE),
    (r"but\s+cf\b\.?", Signal.CF),
    (r"see\s+also\b", Signal.SEE_ALSO),
    (r"see\s+generally\b", Signal.SEE_GENERALLY),
    (rf"see,?\s+{_E_G}", Signal.E_G),
    (r"see\b", Signal.SEE),
    (_E_G, Signal.E_G),
    (r"accord\b", Signal.ACCORD),
    (r"compare\b", Signal.COMPARE),
    (r"cf\b\.?|confer\b|vgl\.|vergleiche\b", Signal.CF),
    (r"contra\b|pace\b(?=\s+(?-i:[A-Z]))", Signal.CONTRA),
    (r"(?:siehe|s\.)\s+auch\b|voir\s+aussi\b|v[ée]ase\s+tambi[ée]n\b|vedi\s+anche\b", Signal.SEE_ALSO),
    (r"siehe\b|voir\b|v[ée]ase\b|vedi\b", Signal.SEE),
)
_COMPILED = tuple((regex(pattern, re.I), signal) for pattern, signal in _SIGNALS)
_LEAD = regex(r"[\s“\"‘'(\[]*(?:and\s+|;\s*)?", re.I)
_CONTRARY = regex(
    r"""\b(?:for|on)\s+(?:an?\s+|the\s+|some\s+|more\s+)?
        (?: (?:contrary|opposing|different|differing|dissenting|alternative|critical|competing|conflicting|skeptical
              |sceptical|opposite|divergent)\s+\w+
          | critiques?\b | criticisms?\b | counter-?\s?arguments?\b | rebuttals?\b | contrary\b )
        [^.;]{0,80}?\bsee\b""",
    re.I | re.X,
)
OPENS = regex(
    r"(?:But\s+(?:see|cf\.|compare)|See(?:\s+also|\s+generally|,?\s+e\.\s?g\.)?|Cf\.|Accord|Contra|Compare|E\.g\.)"
    r"(?=[\s,])"
)
"""A signal with which a sentence of citations begins."""

_INNER = regex(
    rf"(?:[.!?][”’\"')\]]*\s+(?P<opens>{OPENS.pattern})"
    r"|[,:—–(\[]\s*(?P<within>(?:but\s+)?(?:see(?:\s+also|\s+generally)?\b|cf\.|vgl\.|siehe\b|voir\b)))"
)

FOR_MORE = regex(r"(?:For|On|About|Regarding)\b[^.;]{0,160}?,?\s+see\b(?!\s+(?:below|above|Section|Part|Chapter))")
"""Words with which an author leads to a work: `For more on the survey, see X`."""

OWN_PART = regex(r"(?:Tables?|Figures?|Figs?\.|Sections?|Appendix|Annex|Chapters?|Parts?|Box|below|above)\b")
"""What an author sends a reader to within the same document."""

DISOWNING = regex(r"(?:but\s+see|but\s+cf\b|contra|cf\.)(?=[\s,.])", re.I)
"""A signal that sets the source behind it apart from the one before."""


def find_signal(text: str) -> Signal | None:
    """The introductory signal that a citation begins with."""
    lead = _LEAD.match(text)
    return _signal_at(text, lead.end() if lead else 0)


def governing_signal(text: str) -> Signal | None:
    """The signal under which a citation's source is: at its start, or behind words of the author's own.

    `For a different estimate, see X` says that X does not bear the text out, as `but see` does.
    """
    leading = find_signal(text)
    if leading is not None:
        return leading
    if _CONTRARY.search(text):
        return Signal.BUT_SEE
    if FOR_MORE.match(text.lstrip()):
        return Signal.SEE
    inner = _INNER.search(text)
    if inner is None:
        return None
    return _signal_at(text, inner.start("opens" if inner["opens"] else "within"))


def _signal_at(text: str, start: int) -> Signal | None:
    return next((signal for pattern, signal in _COMPILED if pattern.match(text, start)), None)


def without_signal(text: str) -> str:
    """A citation's words behind the signals that it begins with (`But see, e.g., X` is `X`)."""
    purpose = FOR_MORE.match(text.lstrip())
    done = len(text) - len(text.lstrip()) + purpose.end() - len("see") if purpose else 0
    while True:
        lead = _LEAD.match(text, done)
        start = lead.end() if lead else done
        ends = (match.end() for pattern, _ in _COMPILED if (match := pattern.match(text, start)))
        end = next(ends, None)
        if end is None:
            return text[done:]
        done = end + len(text[end:]) - len(text[end:].lstrip(" ,"))
