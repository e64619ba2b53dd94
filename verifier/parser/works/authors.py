"""Authors: lists of persons in either order, and of institutions."""

import re
from collections.abc import Iterator

from verifier.model import Author
from verifier.parser.works.names import (
    AND,
    EDITORS,
    ETAL,
    FAMILY,
    FEW_INITIALS,
    GIVEN,
    INSTITUTION,
    PARTICLE,
    PERSON,
    ROLE,
    VANCOUVER,
    is_institution,
    is_name,
)


def without_et_al(text: str) -> str:
    """A list of authors without `et al.`, and without `ed.`, `(eds)`."""
    return EDITORS.sub("", ETAL.sub("", text)).strip(" ,;:")


def split_names(text: str) -> list[str] | None:
    """The names in a list of authors, as they are written or as `Family, Given`; None where it is no such list."""
    text = without_et_al(re.sub(r"\s+", " ", text)).strip()
    if not text:
        return None
    if ";" in text or ("/" in text and text.count(",") == text.count("/") + 1):
        return _all_names(_between_marks(text))
    parts = [p.strip() for p in text.split(",") if p.strip()]
    flat = [q.strip() for p in parts for q in _split_and(p)]
    if _are_vancouver(flat):
        return flat
    paired = _pair_initials(flat)
    if paired is not None:
        return paired
    inverted = _with_inverted_head(parts)
    return inverted if inverted is not None else _all_names_as_written(flat)


def _between_marks(text: str) -> list[str]:
    """The names that semicolons part, or slashes."""
    if ";" not in text:
        return [part.strip() for part in text.split("/")]
    return [
        AND.sub("", part.strip(), count=1) if part.startswith(("and ", "& ")) else part.strip()
        for part in text.split(";")
    ]


def _are_vancouver(names: list[str]) -> bool:
    """Whether names are families with initials behind them, `Okoye CN`."""
    if not all(VANCOUVER.fullmatch(name) for name in names) or any(_in_capitals(name) for name in names):
        return False
    return not all(PERSON.fullmatch(name) and not name.split()[-1].isupper() for name in names)


def _with_inverted_head(parts: list[str]) -> list[str] | None:
    """The names of a list whose first is `Family, Given`; None where it is no such list."""
    if len(parts) < 2 or not _is_inverted_head(parts):
        return None
    rest = [*_split_and(parts[1])[1:], *(name for part in parts[2:] for name in _split_and(part))]
    if not all(is_name(name, longest=6) for name in rest):
        return None
    head = f"{parts[0]}, {_first_given(parts[1])}"
    return [head, *[name for name in rest if name not in ("Jr.", "Sr.", "II", "III")]]


def _all_names_as_written(flat: list[str]) -> list[str] | None:
    return flat if all(is_name(part) for part in flat) else None


def _in_capitals(name: str) -> bool:
    """Whether a name is set in capitals throughout: its last word is then no initials."""
    return name.isupper() and len(name.split()[-1]) > 2


def _all_names(parts: list[str]) -> list[str] | None:
    return parts if all(is_name(p.replace(",", "")) for p in parts) else None


def _first_given(part: str) -> str:
    return _split_and(part)[0]


def _is_inverted_head(parts: list[str]) -> bool:
    """Whether a list begins `Family, Given`: one family name, then given names only."""
    family, given = parts[0], _first_given(parts[1])
    if is_institution(family) or not FAMILY.fullmatch(family) or not GIVEN.fullmatch(given) or is_institution(given):
        return False
    words = family.split()
    single = len(words) == 1 or re.match(rf"{PARTICLE}\s", family) is not None
    return (
        single
        or (len(parts) == 2 and len(given.split()) <= 2 and not AND.search(parts[1]))
        or bool(FEW_INITIALS.fullmatch(given))
    )


def _pair_initials(flat: list[str]) -> list[str] | None:
    """`Okoye`, `C.`, `Moor`, `J.` as two names, `C. Xiaoming` as one; None where no initials are alone."""
    if not any(FEW_INITIALS.fullmatch(p) and _mostly_initials(p) for p in flat[1:]):
        return None
    names: list[str] = []
    at = 0
    while at < len(flat):
        following = flat[at + 1] if at + 1 < len(flat) else ""
        if following and FEW_INITIALS.fullmatch(following) and _mostly_initials(following):
            if not is_name(flat[at], longest=5):
                return None
            names.append(f"{flat[at]}, {following}")
            at += 2
            continue
        if flat[at] not in ("Jr.", "Sr.", "II", "III", "IV", "Jr"):
            if not is_name(flat[at]):
                return None
            names.append(flat[at])
        at += 1
    return names


def _mostly_initials(part: str) -> bool:
    return "." in part or len(part.replace(" ", "")) <= 3


def _split_and(part: str) -> list[str]:
    """A part of a list at its `and`, where both sides are whole names (`Health and Human Services` is one)."""
    sides = [s for s in AND.split(part) if s.strip()]
    if part.startswith(("and ", "& ", "und ", "et ")):
        sides = [s.removeprefix("and ").removeprefix("& ").removeprefix("und ").removeprefix("et ") for s in sides]
    if len(sides) < 2:
        return sides or [part]
    bodies = [is_institution(s) for s in sides]
    if any(bodies) and not (all(bodies) and all(len(s.split()) > 1 or s.isupper() for s in sides)):
        return [" ".join(part.split())]
    if bodies[0] and re.search(r"\b(?:of|for|on)\b", sides[0]) and not re.search(r"\b(?:of|for)\b", sides[1]):
        tail = sides[1].split()
        return sides if len(tail) > 1 and INSTITUTION.search(tail[-1]) and not tail[-1].endswith("s") else [part]
    return sides


def read_authors(text: str) -> tuple[Author, ...]:
    """The authors in a list; empty where it is none."""
    return tuple(_authors(text))


def _authors(text: str) -> Iterator[Author]:
    whole = without_et_al(re.sub(r"\s+", " ", text))
    if is_name(whole, longest=14) and is_institution(whole) and "," not in whole and len(_split_and(whole)) == 1:
        yield Author(whole)
        return
    for name in split_names(text) or ():
        yield _author(name.strip(" ,."), name)


def _author(bare: str, name: str) -> Author:
    if "," in name:
        family, _, given = name.partition(",")
        return Author(family.strip(), given.strip() or None)
    name = name.strip(" ,")
    vancouver = VANCOUVER.fullmatch(name)
    if vancouver and not is_institution(name) and not _in_capitals(name):
        return Author(vancouver["family"], vancouver["given"])
    words = bare.split()
    if len(words) == 1 or is_institution(name) or not PERSON.fullmatch(bare):
        return Author(name if is_institution(name) else bare)
    suffix = words.pop() if words[-1] in ("Jr", "Sr", "II", "III", "IV") and len(words) > 2 else None
    at = next(
        (i for i, word in enumerate(words) if 0 < i < len(words) - 1 and re.fullmatch(PARTICLE, word) and word != "e"),
        len(words) - 1,
    )
    given = " ".join(words[:at])
    return Author(" ".join(words[at:]), f"{given} {suffix}" if suffix else given)


def leading_authors(parts: list[str]) -> int:
    """How many of the parts between commas are authors, in a citation that names them before its title.

    A list has its `and`; an office and the body behind it belong to the person before.
    """
    if not parts or not is_name(ETAL.sub("", parts[0]).strip() or "?"):
        return 0
    count = 1 if ETAL.search(parts[0]) or AND.search(parts[0]) else _listed(parts)
    if count < len(parts) and ROLE.match(parts[count]):
        count += 1
        if count < len(parts) - 1 and is_institution(parts[count]) and is_name(parts[count]):
            count += 1
    while count < len(parts) and re.fullmatch(r"(?:eds?\.?|Jr\.?|Sr\.?|editors?)", parts[count]):
        count += 1
    return count


def _listed(parts: list[str]) -> int:
    """How many parts a list of persons has that ends with `and ...` or `et al.`; 1 where none does."""
    for at in range(1, min(len(parts), 12)):
        part = parts[at]
        if ETAL.match(part):
            return at + 1
        if re.match(r"(?:and|&|und|et)\s", part):
            return at + 1 if is_name(part.split(" ", 1)[1], longest=6) else 1
        if not PERSON.fullmatch(ETAL.sub("", AND.split(part)[0])):
            return 1
        if ETAL.search(part) or _are_persons([*AND.split(part), parts[0]], several=AND.search(part) is not None):
            return at + 1
    return 1


def _are_persons(names: list[str], *, several: bool) -> bool:
    return several and all(PERSON.fullmatch(name) for name in names)


def drop_roles(parts: list[str]) -> list[str]:
    """The parts without offices: `Peter Achterberg`, `Governor`, `Bank of Norland` is the first alone."""
    at = next((i for i, part in enumerate(parts) if i and ROLE.match(part)), len(parts))
    return parts[:at]
