"""The slot `subject`: whose figure it is, by the names and nouns of the sentence that has it.

The subject is in conflict where the claim's is nowhere in the source and the passage has another one, or where the two
sentences put different names in one place ("the House version", "the Senate version"). Where the passage only points
back ("it", "the company") or names nobody, a subject that the source never names is absent: it may be what the title
says. A table's cell is of what its row, column and caption name.
"""

import re
from dataclasses import dataclass, field

from verifier.checker.align.index import ReadSource
from verifier.checker.align.proximity import stems_of
from verifier.checker.align.words import EVERYDAY, STOP_WORDS, WORD, stem
from verifier.checker.slots.contrasts import VOCABULARY
from verifier.checker.slots.leads import Lead, lead_of
from verifier.checker.slots.names import Name, NameFinder, names_in
from verifier.checker.slots.slot import Slot, SlotReading, State
from verifier.checker.slots.span import clause_chars, segment_chars
from verifier.model import Figure

_PLACED_BY = frozenset(
    """
to in of for from at by with against between among on
""".split()  # noqa: SIM905
)
_ROW_LABEL = re.compile(
    r"^(?:In\s[^,]{1,30},\s)?(?P<label>.{2,160}?)\s(?:came to|stood at|was|were|is|are|amounted to|totall?ed|reached"
    r"|rose|fell|increased|decreased|declined|grew|in \d{4} was)\b"
)
_CONTRASTED = frozenset(stem(word) for word in VOCABULARY)
"""Words that `contrasts` reads: "the mean was 3" is no other subject than "the median worker"."""
_GENERIC = frozenset(stem(word) for word in ["net", "gross", "total", "other", "amount", "number", "value", "current"])
"""Words of row heads that any table has: two rows are not the same for sharing one."""
_PARALLEL = 0.5
_OTHER_NOUN = "the passage is of something else"


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What is read of a sentence once: its names and its leading noun phrase."""

    names: list[Name]
    lead: Lead | None
    start: int = 0

    def is_leading(self, name: Name) -> bool:
        """Whether a name is in the leading noun phrase or before it, so that it says whose figure it is."""
        return name.start < (self.lead.end if self.lead is not None else self.start + _LEADING)


@dataclass(slots=True)
class SubjectReader:
    """Compares the subject of a claim's figures with that of a source's; reads each sentence once."""

    claim: ReadSource
    source: ReadSource
    finder: NameFinder
    _seen: dict[int, _Sentence] = field(default_factory=dict)
    _mine: dict[tuple[int, int], _Sentence] = field(default_factory=dict)
    _known: dict[Name, bool] = field(default_factory=dict)

    def compare(self, index: int, number: int) -> SlotReading | None:
        """The subject of the claim's figure `index` beside that of the source's figure `number`."""
        cell = self.source.cells.get(number)
        if cell is not None and not cell.is_head:
            return self._cell(index, cell.row_head, cell.column_head + " " + cell.section)
        mine = self._claim_sentence(index)
        theirs = self._sentence(self.source.segment_at(self.source.figure_words[number]))
        segment = self.source.segment_at(self.source.figure_words[number])
        named = self._names(index, mine, theirs, segment)
        if named is not None and named.state is State.CONFLICT:
            return named
        return (
            self._sibling(index, mine, number)
            or self._in_one_place(mine, theirs)
            or named
            or self._nouns(index, mine, theirs)
        )

    def _sibling(self, index: int, mine: _Sentence, number: int) -> SlotReading | None:
        """Another figure of a list whose label is the claim's subject: "wind supplied 21 percent, solar 9 percent"."""
        if mine.lead is None or not (stems := mine.lead.stems - EVERYDAY - _CONTRASTED):
            return None
        dimension = self.claim.figures[index].dimension
        if sum(figure.dimension == dimension for figure in self.claim.figures) > 1:
            return None
        figures, start = self.source.figures, figures_start(self.source, number)
        own = self.source.text[start : figures[number].start]
        if stems & stems_of(own):
            return None
        for other in self.source.figures_of(self.source.segment_at(self.source.figure_words[number])):
            if other == number or figures[other].dimension != figures[number].dimension:
                continue
            label = _LIST_LABEL.search(self.source.text, figures_start(self.source, other), figures[other].start)
            if label is not None and stems & stems_of(label["label"]):
                return SlotReading(Slot.SUBJECT, State.CONFLICT, own.strip(" ,;") or _OTHER_NOUN)
        return None

    def topic(self, index: int) -> Name | None:
        """The name that the claim begins with, or the clause of figure `index` that has a subject of its own."""
        sentence = self._opening(index)
        lead = sentence.lead
        return next((name for name in sentence.names if lead is None or name.start < lead.end), None)

    def is_topic_unknown(self, index: int) -> bool:
        """Whether what figure `index` is of begins with a name that the source never mentions."""
        topic = self.topic(index)
        return topic is not None and topic.start - self._opening(index).start <= _LEADING and not self._knows(topic)

    def is_lead_unknown(self, index: int) -> bool:
        """Whether nothing of what the claim begins with, name or noun, is anywhere in the source."""
        opening = self._opening(index)
        lead = opening.lead
        if lead is None:
            return self.is_topic_unknown(index) or self._is_first_word_unknown()
        if lead.is_anaphoric or not lead.stems:
            return self.is_topic_unknown(index)
        if any(lead.start <= name.start < lead.end and self._knows(name) for name in opening.names):
            return False
        return self.is_topic_unknown(index) or not any(term in self.source.postings for term in lead.stems)

    def _is_first_word_unknown(self) -> bool:
        """Whether the claim's first word is one that the source has in no form."""
        first = WORD.match(self.claim.text)
        if first is None or first.group()[0].isdigit() or not (term := stem(first.group())):
            return False
        return term not in self.source.postings and not self._knows(Name((first.group().lower(),), 0, first.end()))

    def _names(self, index: int, mine: _Sentence, theirs: _Sentence, segment: int) -> SlotReading | None:
        """A name that the source lacks, beside the passage's own."""
        unknown = [name for name in mine.names if not self._knows(name)]
        led = [name for name in unknown if mine.is_leading(name)]
        topic = self.topic(index)
        if topic is not None and topic not in unknown and not self._knows(topic):
            unknown.append(topic)
            led.append(topic)
        if not unknown:
            return None
        others = [name for name in theirs.names if not any(name.meets(one) for one in mine.names)]
        foreign = next((name for name in others if self._is_rival(name, unknown, mine, theirs)), None)
        if foreign is not None:
            return SlotReading(Slot.SUBJECT, State.CONFLICT, self.source.text[foreign.start : foreign.end])
        if not led:
            return None
        if self._points_out(segment, theirs):
            return SlotReading(Slot.SUBJECT, State.INHERITED)
        return SlotReading(Slot.SUBJECT, State.ABSENT)

    def _points_out(self, segment: int, theirs: _Sentence) -> bool:
        """Whether a passage points back ("it", "the film") and nothing before it in its paragraph is named.

        Then it points to the title, or to what the text around is of.
        """
        start, end = segment_chars(self.source, segment)
        begins = _POINTER.match(self.source.text, start, end)
        if begins is None and (theirs.lead is None or not theirs.lead.is_anaphoric):
            return False
        paragraph = self.source.text.rfind("\n\n", 0, start) + 1
        return start - paragraph <= _LONGEST and not names_in(self.source.text, paragraph, start)

    def _is_rival(self, name: Name, unknown: list[Name], mine: _Sentence, theirs: _Sentence) -> bool:
        """Whether a name of the passage has the place that an unknown one has in the claim."""
        if theirs.lead is not None and name.start < theirs.lead.end:
            return not theirs.lead.is_anaphoric and any(mine.lead is None or u.start < mine.lead.end for u in unknown)
        placed = _word_before(self.source.text, name.start)
        return placed in _PLACED_BY and any(_word_before(self.claim.text, one.start) == placed for one in unknown)

    def _nouns(self, index: int, mine: _Sentence, theirs: _Sentence) -> SlotReading | None:
        """Other nouns where both sentences begin: nurses, doctors."""
        if mine.lead is None:
            return None
        stems = mine.lead.stems - EVERYDAY
        if not stems or any(term in self.source.postings for term in stems) or mine.lead.is_anaphoric:
            return None
        if any(name.start < mine.lead.end for name in mine.names):
            return None
        lead = theirs.lead
        if lead is not None and not lead.is_anaphoric and lead.stems and self._is_parallel(index, mine.lead, theirs):
            words = self.source.text[lead.start : lead.end].strip()
            if not any(term in self.claim.postings for term in lead.stems):
                return SlotReading(Slot.SUBJECT, State.CONFLICT, words)
        return SlotReading(Slot.SUBJECT, State.ABSENT)

    def _is_parallel(self, index: int, lead: Lead, theirs: _Sentence) -> bool:
        """Whether most other words of the claim's sentence are in the passage, too."""
        assert theirs.lead is not None
        segment = self.source.segment_at(self.source.word_at(theirs.lead.start + 1))
        first, last = self.source.segment_span(segment)
        start, end = segment_chars(self.claim, self._segment_of(index))
        words = {stem(w.group()) for w in WORD.finditer(self.claim.text, start, end) if not w.group()[0].isdigit()}
        words -= lead.stems | {""}
        there = [w for w in words if any(first <= place < last for place in self.source.postings.get(w, ()))]
        return bool(words) and len(there) >= _PARALLEL * len(words)

    def _in_one_place(self, mine: _Sentence, theirs: _Sentence) -> SlotReading | None:
        """Different names before the same noun, or after the same noun and preposition."""
        for name in mine.names:
            if any(name.meets(other) for other in theirs.names):
                continue
            if name.version and (twin := _other_version(name, theirs.names)) is not None:
                return SlotReading(
                    Slot.SUBJECT, State.CONFLICT, self.source.text[twin.start : twin.end] + " " + twin.version
                )
            place = _place_of(self.claim.text, name)
            for other in theirs.names:
                if any(other.meets(one) for one in mine.names):
                    continue
                if place & _place_of(self.source.text, other):
                    return SlotReading(Slot.SUBJECT, State.CONFLICT, self.source.text[other.start : other.end])
        return None

    def _cell(self, index: int, row_head: str, around: str) -> SlotReading | None:
        """A cell is of another thing where nothing that the claim says it is of is in its heads."""
        topic = self.topic(index)
        label = _ROW_LABEL.match(self.claim.text)
        mine = stems_of(label["label"]) if label is not None else None
        if mine is None:
            sentence = self._claim_sentence(index)
            mine = sentence.lead.stems if sentence.lead is not None else None
        if mine is not None:
            words = mine - _figures_of(self.claim)
            words = words - _GENERIC or words
            if not words and label is not None and label["label"].lower() not in row_head.lower():
                return SlotReading(Slot.SUBJECT, State.ABSENT, row_head)
            if words and not any(word in self.source.postings for word in words):
                return SlotReading(Slot.SUBJECT, State.CONFLICT, row_head)
            heads = stems_of(row_head) | stems_of(around)
            if words and heads and not words & heads:
                return SlotReading(Slot.SUBJECT, State.ABSENT, row_head)
        if topic is not None and not self._knows(topic):
            return SlotReading(Slot.SUBJECT, State.ABSENT, row_head)
        return None

    def _knows(self, name: Name) -> bool:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self.finder.knows(name)
        return known

    def _segment_of(self, index: int) -> int:
        return self.claim.segment_at(self.claim.figure_words[index])

    def _claim_sentence(self, index: int) -> _Sentence:
        """The words of the claim that a figure belongs to: its sentence, or the clause with a subject of its own."""
        return self._claim_clause(*clause_chars(self.claim, index))

    def _opening(self, index: int) -> _Sentence:
        """What says first whose figure it is: the claim's first clause, but for clauses with a subject of their own."""
        start, end = clause_chars(self.claim, index)
        if start != segment_chars(self.claim, self._segment_of(index))[0]:
            return self._claim_clause(start, end)
        first, last = segment_chars(self.claim, 0)
        return self._claim_clause(first, end if start == first else last)

    def _claim_clause(self, start: int, end: int) -> _Sentence:
        if (start, end) not in self._mine:
            self._mine[start, end] = _read(self.claim, start, end)
        return self._mine[start, end]

    def _sentence(self, segment: int) -> _Sentence:
        if segment not in self._seen:
            self._seen[segment] = _read(self.source, *segment_chars(self.source, segment))
        return self._seen[segment]


_LEADING = 40
_POINTER = re.compile(r"(?:[A-Z][a-z]+ed\s[^,.;]{1,30},?\s)?(?i:it|he|she|they|his|her|its|their)\b")

_LIST_LABEL = re.compile(
    r"(?:,|;|\band|,\sand)\s(?:the\s)?(?P<label>[A-Za-z][\w’'-]*(?:\s[A-Za-z][\w’'-]*){0,2})\s[$€£(]?$"
)
"""What a list gives before each of its figures but the first."""


def figures_start(source: ReadSource, number: int) -> int:
    """Where the words before a figure begin: after the figure of its dimension before it, or with its sentence."""
    start, _ = segment_chars(source, source.segment_at(source.figure_words[number]))
    before = [one for one in source.figures[:number][-_FEW:] if one.dimension == source.figures[number].dimension]
    return max(start, before[-1].end) if before else start


_FEW = 6


def _read(source: ReadSource, start: int, end: int) -> _Sentence:
    segment = source.segment_at(source.word_at(start + 1))
    end = min(end, start + _LONGEST)
    figures = [source.figures[number] for number in source.figures_of(segment)]
    names = [name for name in names_in(source.text, start, end) if not any(_overlap(name, one) for one in figures)]
    return _Sentence(names, lead_of(source.text, start, end), start)


_LONGEST = 600


def _overlap(name: Name, figure: Figure) -> bool:
    return name.start < figure.end and figure.start < name.end


def _figures_of(claim: ReadSource) -> frozenset[str]:
    return frozenset(figure.text for figure in claim.figures)


def _other_version(name: Name, names: list[Name]) -> Name | None:
    """A name of another number that ends in the same word: "Type U 27" beside "SM U-30"."""
    kin = [one for one in names if one.version and one.words[-1] == name.words[-1]]
    return None if any(one.version == name.version for one in kin) else next(iter(kin), None)


def _word_before(text: str, at: int) -> str:
    found = re.search(r"(\w+)\s(?:the\s)?$", text[max(0, at - 24) : at])
    return found.group(1).lower() if found else ""


def _place_of(text: str, name: Name) -> set[tuple[str, ...]]:
    """What a name is beside: the noun after it; the noun and preposition before it."""
    places: set[tuple[str, ...]] = set()
    after = re.match(r"(?:['’]s)?\s(\w+)", text[name.end : name.end + 30])
    if after is None and text[name.start : name.end].endswith(("'s", "’s")):
        after = re.match(r"\s(\w+)", text[name.end : name.end + 30])
    if after is not None and after.group(1).islower() and after.group(1) not in STOP_WORDS:
        noun = stem(after.group(1))
        if noun and _is_noun(after.group(1)):
            places.add(("before", noun))
    before = re.search(
        r"(\w+)\s(in|to|of|from|for|at|by|with)\s(?:the\s)?$", text[max(0, name.start - 40) : name.start]
    )
    if before is not None and stem(before.group(1)):
        places.add(("after", stem(before.group(1)), before.group(2)))
    return places


def _is_noun(word: str) -> bool:
    """Whether a word after a name is one that the name may modify, and no verb."""
    return not word.endswith("ed") and len(word) > 3
