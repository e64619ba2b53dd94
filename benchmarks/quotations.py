"""How often a faithful quotation is flagged, and how many altered ones are caught.

    python -m benchmarks.quotations FILE.txt ...          prose of at least some thousand words each

Every file is a source. From stretches of it quotations are made as authors make them (marks, ellipses, brackets,
capitals, spelling), and the source is spoilt as parsers spoil it (pages that end in mid-sentence with heads and
numbers, note numbers glued to words, words torn at line ends, ligatures). Others are altered by one slip, or come from
another file. Prints for every kind how many were called faithful, differing (flagged), doubtful and absent.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from verifier.checker.quotations.alterations import Alteration, alteration
from verifier.checker.quotations.lookup import Found, look_up, words_of

MOST_FALSE = 0.005
"""Of faithful and absent quotations at most so many may be flagged."""

Words = list[str]
_SYNONYM = {"may": "shall", "must": "may", "shall": "may", "will": "may", "is": "is not", "are": "are not"}
_OTHERS = ("bridge", "school", "permit", "harbour", "council", "budget", "engine", "licence", "weather", "garden")


def _same(words: Words, chance: random.Random) -> Words:
    return words


def _ellipsis(words: Words, chance: random.Random) -> Words:
    at = chance.randrange(5, len(words) - 8)
    gap = chance.choice(("...", ". . .", "[...]", "…", "[…]", "* * *"))
    return [*words[:at], gap, *words[at + chance.randint(1, 3) :]]


def _capital(words: Words, chance: random.Random) -> Words:
    first = words[0]
    return [f"[{first[0].swapcase()}]{first[1:]}", *words[1:]]


def _bracket(words: Words, chance: random.Random) -> Words:
    at = chance.randrange(4, len(words) - 4)
    return [*words[:at], "[the agency]", *words[at + 1 :]]


def _sic(words: Words, chance: random.Random) -> Words:
    at = chance.randrange(4, len(words) - 4)
    return [*words[:at], "[sic]", *words[at:]]


def _typography(words: Words, chance: random.Random) -> Words:
    return [word.replace("'", "’").replace("-", "‐").replace('"', "‘") for word in words]


def _one_word(words: Words, chance: random.Random) -> Words:
    places = [n for n, word in enumerate(words[2:-2], 2) if word.isalpha() and len(word) > 4]
    at = chance.choice(places or [len(words) // 2])
    return [*words[:at], chance.choice(_OTHERS), *words[at + 1 :]]


def _modal(words: Words, chance: random.Random) -> Words:
    places = [n for n, word in enumerate(words[2:-2], 2) if word in _SYNONYM]
    if not places:
        return _one_word(words, chance)
    at = chance.choice(places)
    return [*words[:at], _SYNONYM[words[at]], *words[at + 1 :]]


def _left_out(words: Words, chance: random.Random) -> Words:
    places = [n for n in range(3, len(words) - 4) if all(len(word) > 3 and word.isalpha() for word in words[n : n + 2])]
    if not places:
        return _one_word(words, chance)
    at = chance.choice(places)
    return words[:at] + words[at + 2 :]


def _pages(source: Words, chance: random.Random) -> str:
    out = []
    for number, word in enumerate(source):
        out.append(word)
        if number % 60 == 59:
            page = number // 60 + 1
            out.append(
                chance.choice((f"\n{page}\n\fAnnual report of the office\n", f"\n\f{page} | THE OFFICE 2024\n", "\n\f"))
            )
    return " ".join(out)


def _note_numbers(source: Words, chance: random.Random) -> str:
    return " ".join(
        word + (str(chance.randint(1, 99)) if word[-1:].isalpha() and chance.random() < 0.04 else "") for word in source
    )


def _torn(source: Words, chance: random.Random) -> str:
    torn = (
        f"{word[: len(word) // 2]}-\n{word[len(word) // 2 :]}" if len(word) > 6 and chance.random() < 0.1 else word
        for word in source
    )
    return " ".join(torn).replace("fi", "ﬁ").replace("fl", "ﬂ")


def _plain(source: Words, chance: random.Random) -> str:
    return " ".join(source)


FAITHFUL: dict[str, Callable[[Words, random.Random], Words]] = {
    "word for word": _same,
    "words left out, marked": _ellipsis,
    "capital in brackets": _capital,
    "own words in brackets": _bracket,
    "[sic]": _sic,
    "other typography": _typography,
}
ALTERED: dict[str, Callable[[Words, random.Random], Words]] = {
    "another word": _one_word,
    "may for shall": _modal,
    "words left out, unmarked": _left_out,
}
SOURCES: dict[str, Callable[[Words, random.Random], str]] = {
    "clean": _plain,
    "pages": _pages,
    "note numbers": _note_numbers,
    "torn words": _torn,
}


def called(quotation: str, source: str) -> str:
    """What becomes of a quotation."""
    lookup = look_up(quotation, source)
    if lookup.found is Found.ABSENT:
        return "absent"
    if lookup.found is Found.VERBATIM:
        return "faithful"
    weight = alteration(lookup.differences, len(words_of(quotation)))
    return {Alteration.NONE: "faithful", Alteration.DOUBTFUL: "doubtful", Alteration.PLAIN: "accused"}[weight]


def count(texts: list[list[str]], each: int, show: int) -> dict[str, Counter[str]]:
    """What becomes of `each` quotations of every kind and source; prints `show` of those falsely flagged."""
    chance = random.Random(1)
    counts: dict[str, Counter[str]] = {}
    for number, words in enumerate(texts):
        for spoilt, spoil in SOURCES.items():
            source = spoil(words, chance)
            for kind, make in {**FAITHFUL, **ALTERED, "of another source": _same}.items():
                of = texts[(number + 1) % len(texts)] if kind == "of another source" else words
                for _ in range(each):
                    start = chance.randrange(len(of) - 60)
                    quotation = " ".join(make(of[start : start + chance.randint(16, 45)], chance))
                    verdict = called(quotation, source)
                    counts.setdefault(f"{kind} / {spoilt}", Counter())[verdict] += 1
                    if verdict == "accused" and kind not in ALTERED and show > 0:
                        show -= 1
                        told = [(d.quoted, d.source) for d in look_up(quotation, source).differences]
                        print(f"accused ({kind}, {spoilt}): {quotation}\n    {told}")
    return counts


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--quotations", type=int, default=40, help="of each kind, source and file")
    parser.add_argument("--show", type=int, default=0, help="print so many of the falsely accused")
    options = parser.parse_args()
    texts = [re.sub(r"\s+", " ", file.read_text(encoding="utf-8", errors="replace")).split() for file in options.files]
    counts = count(texts, options.quotations, options.show)
    print(f"{'quotation / source':<44} {'faithful':>9} {'accused':>9} {'doubtful':>9} {'absent':>9}")
    for kind, of in counts.items():
        print(f"{kind:<44}", *(f"{of[verdict]:>9}" for verdict in ("faithful", "accused", "doubtful", "absent")))
    good = [of for kind, of in counts.items() if kind.partition(" / ")[0] not in ALTERED]
    bad = [of for kind, of in counts.items() if kind.partition(" / ")[0] in ALTERED]
    false = sum(of["accused"] for of in good) / sum(of.total() for of in good)
    print(f"accused: {false:.2%} of the faithful and absent, {_share(bad):.0%} of the altered")
    return 1 if false > MOST_FALSE else 0


def _share(of: list[Counter[str]]) -> float:
    return sum(one["accused"] for one in of) / sum(one.total() for one in of)


if __name__ == "__main__":
    sys.exit(main())
