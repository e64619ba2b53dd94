"""BibTeX databases: their entries as works, by their keys."""

import re
from collections.abc import Iterator

from verifier.model import Author
from verifier.parser.citations.identifiers import find_identifiers
from verifier.parser.drafts.charset import decoded
from verifier.parser.drafts.latex_symbols import plain_words
from verifier.parser.drafts.works import CitedWork, named, plain_date
from verifier.parser.patterns import regex
from verifier.parser.works.names import is_institution

_ENTRY = regex(r"@\s*(\w+)\s*[{(]\s*", re.I)
_KEY = regex(r"([^\s,{}()\"#%]+)\s*,")
_FIELD = regex(r"\s*,?\s*([A-Za-z][\w:+-]*)\s*=\s*")
_BARE = regex(r"[^\s,{}\"#]+")
_FIRST_LAST = regex(r"(?P<first>[^a-z]\S*(?:\s+[^a-z]\S*)*?)\s+(?P<last>(?:[a-z’']\S*\s+)*\S+)")
"""`First von Last`: the last word, with the small ones before it."""
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


def read_bibliography(data: bytes) -> dict[str, CitedWork]:
    """The works of a BibTeX database by their keys."""
    return {work.key: work for work in _works(decoded(data))}


def _works(text: str) -> Iterator[CitedWork]:
    strings: dict[str, str] = {}
    at = 0
    while (entry := _ENTRY.search(text, at)) is not None:
        at = entry.end()
        kind = entry[1].lower()
        if kind in ("comment", "preamble"):
            continue
        if kind == "string":
            fields, at = _fields(text, at, strings)
            strings |= fields
            continue
        key = _KEY.match(text, at)
        if key is None:
            continue
        fields, at = _fields(text, key.end(), strings)
        yield work_of_fields(key[1], fields)


def _fields(text: str, at: int, strings: dict[str, str]) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    while (name := _FIELD.match(text, at)) is not None:
        value, at = _value(text, name.end(), strings)
        found.setdefault(name[1].lower(), value)
    return found, at


def _value(text: str, at: int, strings: dict[str, str]) -> tuple[str, int]:
    parts: list[str] = []
    while at < len(text):
        if text[at] == "{":
            end = _closing(text, at)
            parts.append(text[at + 1 : end])
            at = end + 1
        elif text[at] == '"':
            end = _quote_end(text, at + 1)
            parts.append(text[at + 1 : end])
            at = end + 1
        else:
            bare = _BARE.match(text, at)
            if bare is None:
                break
            parts.append(strings.get(bare.group().lower(), bare.group()))
            at = bare.end()
        more = re.compile(r"\s*#\s*").match(text, at)
        if more is None:
            break
        at = more.end()
    return "".join(parts), at


def _closing(text: str, at: int) -> int:
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.S).finditer(text, at):
        if match.group() == "{":
            depth += 1
        elif match.group() == "}":
            depth -= 1
            if not depth:
                return match.start()
    return len(text)


def _quote_end(text: str, at: int) -> int:
    depth = 0
    for match in re.compile(r'\\.|[{}"]', re.S).finditer(text, at):
        if match.group() == '"' and not depth:
            return match.start()
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
    return len(text)


def work_of_fields(key: str, fields: dict[str, str]) -> CitedWork:
    """A work of the fields of its entry."""

    def said(*names: str) -> str | None:
        value = next((fields[name] for name in names if fields.get(name)), "")
        return plain_words(value) or None

    url = re.sub(r"\\([%#&_$~{}])", r"\1", fields.get("url", "")).strip()
    url = re.sub(r"^\\url\{(.*)\}$", r"\1", url)
    urls = (url,) if url.lower().startswith(("http://", "https://")) else ()
    doi = re.sub(r"\\([%#&_$~{}])", r"\1", fields.get("doi", ""))
    printed = [f"10.{doi.split('10.', 1)[1]}" if "10." in doi else "", f"ISBN {fields.get('isbn', '')}"]
    if fields.get("archiveprefix", fields.get("eprinttype", "")).lower() == "arxiv":
        printed.append(f"arXiv:{fields.get('eprint', '')}")
    date = said("date") or said("year") or ""
    month = said("month") or ""
    parts = date.split("-") if "-" in date else [date, str(_MONTHS.get(month[:3].lower(), month))]
    return CitedWork(
        key=key,
        title=said("title"),
        container=said("journal", "journaltitle", "booktitle"),
        publisher=said("publisher", "institution", "organization", "school", "howpublished"),
        authors=tuple(_people(fields.get("author") or fields.get("editor") or "")),
        date=plain_date(*parts),
        urls=urls,
        identifiers=find_identifiers(" ; ".join(printed), urls),
    )


def _people(names: str) -> Iterator[Author]:
    """The names of a BibTeX field: `Last, First` or `First von Last`; a body stands in braces of its own."""
    for name in _parted(names):
        body = re.fullmatch(r"\{(.*)\}", name, re.S)
        last, comma, first = name.rpartition(",") if name.count(",") > 1 else name.partition(",")
        if body:
            author = named(plain_words(body[1]))
        elif comma:
            author = named(plain_words(last.replace(",", "")), plain_words(first))
        else:
            words = plain_words(name)
            found = _FIRST_LAST.fullmatch(words)
            author = named(found["last"], found["first"]) if found and not is_institution(words) else named(words)
        if author is not None and author.family != "others":
            yield author


def _parted(names: str) -> Iterator[str]:
    """The names between the `and` of a field, but for those within braces."""
    start = depth = 0
    for match in re.finditer(r"[{}]|\s+and\s+", names):
        if match.group() in "{}":
            depth += 1 if match.group() == "{" else -1
        elif depth <= 0:
            yield names[start : match.start()].strip()
            start = match.end()
    yield names[start:].strip()
