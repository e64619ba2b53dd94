"""How sure it is that a quotation was altered, difference by difference.

A source's text has been through a parser: heads and page numbers are between two pages, the number of a note is
glued to a word, a line is lost with its markup. A quotation that differs only in such ways is faithful.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import IntEnum

from verifier.checker.figures.number_words import spelled_number_at
from verifier.checker.quotations.lookup import Difference

MOST_DIFFERENCES = 3
"""More than these in one quotation, and it is another version, a translation or a paraphrase: nobody's slip."""

_MOST_WORDS = 3
"""Words that a slip changes at one place."""
_CHANGED_SHARE = 0.15
"""Where more of a quotation's words than this differ, it is of a text like the source rather than of the source."""
_ALIKE = 0.7
"""Two words with so many letters in common are one misread, or two spellings or forms of one."""
_PAGE_TURN_WORDS = 40
_SLIGHT_WORDS = """a an the of to in on at by for from with and or but as that this these those it its his her their
our is are was were be been has have had which who so such than then there also very"""
_WEIGHTY_WORDS = """not no never none nothing nor cannot cant only all any every each both neither most few many must
shall may should will can could would might always often rarely hardly least more less without except unless until
before after"""
_SLIGHT, _WEIGHTY = frozenset(_SLIGHT_WORDS.split()), frozenset(_WEIGHTY_WORDS.split())
"""Words whose coming and going changes nothing, and words that turn a sentence round."""

_NUMBER = re.compile(r"[\d.,]+(?:st|nd|rd|th)?")


class Alteration(IntEnum):
    """What a difference is: nothing (our reading or typography), perhaps an alteration, or plainly one."""

    NONE = 0
    DOUBTFUL = 1
    PLAIN = 2


def alteration_of(difference: Difference) -> Alteration:
    """Weigh one difference."""
    quoted, theirs = difference.quoted.split(), _plain_words(difference.source)
    if difference.page_turn and not quoted and len(theirs) <= _PAGE_TURN_WORDS:
        return Alteration.NONE
    if not quoted:
        return _left_out(theirs)
    if not theirs:
        return _put_in(quoted)
    return _replaced(quoted, theirs)


def real_differences(differences: Sequence[Difference]) -> list[Difference]:
    """The differences that are more than our reading of the source."""
    return [difference for difference in differences if alteration_of(difference) is not Alteration.NONE]


def alteration(differences: Sequence[Difference], words: int) -> Alteration:
    """Weigh all differences of a quotation of so many words: plain where one of them is and they are few."""
    real = real_differences(differences)
    changed = sum(max(len(one.quoted.split()), len(one.source.split())) for one in real)
    if len(real) > MOST_DIFFERENCES or changed > max(_MOST_WORDS, words * _CHANGED_SHARE):
        return Alteration.DOUBTFUL
    return max(map(alteration_of, real), default=Alteration.NONE)


def _left_out(theirs: Sequence[str]) -> Alteration:
    """Words of the source that the quotation leaves out without a mark."""
    if all(_NUMBER.fullmatch(word) or word in _SLIGHT for word in theirs):
        return Alteration.NONE  # numbers of pages and notes are in any text; an article changes nothing
    return Alteration.PLAIN if len(theirs) <= _MOST_WORDS and not _has_number(theirs) else Alteration.DOUBTFUL


def _put_in(quoted: Sequence[str]) -> Alteration:
    """Words that the source does not have: a parser may have lost them, but hardly a `not` by itself."""
    if all(word in _SLIGHT for word in quoted):
        return Alteration.NONE
    weighty = len(quoted) <= _MOST_WORDS and any(word in _WEIGHTY for word in quoted)
    return Alteration.PLAIN if weighty else Alteration.DOUBTFUL


def _replaced(quoted: Sequence[str], theirs: Sequence[str]) -> Alteration:
    if len(quoted) > _MOST_WORDS or len(theirs) > _MOST_WORDS:
        return Alteration.DOUBTFUL
    if _same_number(quoted, theirs):
        return Alteration.NONE
    ours, others = "".join(quoted), "".join(theirs)
    if ours.rstrip("0123456789") == others.rstrip("0123456789") != "":
        return Alteration.NONE  # the number of a note, glued to the word
    if any(char.isdigit() for char in ours) != any(char.isdigit() for char in others):
        return Alteration.DOUBTFUL
    weighty = bool(set(quoted) & _WEIGHTY) or bool(set(theirs) & _WEIGHTY)
    if not weighty and all(word in _SLIGHT for word in (*quoted, *theirs)):
        return Alteration.NONE
    if _has_number(quoted) or _has_number(theirs):
        return Alteration.PLAIN
    alike = SequenceMatcher(None, ours, others, autojunk=False).ratio() >= _ALIKE
    return Alteration.NONE if alike and not weighty else Alteration.PLAIN


def _has_number(words: Sequence[str]) -> bool:
    return any(_NUMBER.fullmatch(word) for word in words)


def _same_number(quoted: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both say one number, one of them in words."""
    return _value(quoted) is not None and _value(quoted) == _value(theirs)


def _value(words: Sequence[str]) -> str | None:
    joined = " ".join(words)
    if _NUMBER.fullmatch(joined):
        return joined.rstrip("stndrh.,").replace(",", "")
    spelled = spelled_number_at(joined, 0)
    return str(spelled.value) if spelled is not None and spelled.end == len(joined) else None


def _plain_words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.replace("’", "").replace("'", ""))]
