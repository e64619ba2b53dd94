"""One citation's text into the work that it describes: the only reader of titles, authors, containers and dates."""

import re
from dataclasses import replace

from verifier.model import Work
from verifier.parser.citations.cross_references import refers_elsewhere
from verifier.parser.citations.signals import without_signal
from verifier.parser.patterns import regex
from verifier.parser.works.authors import read_authors
from verifier.parser.works.commas import PlainTitle
from verifier.parser.works.dates import HERE, YEAR, find_date, without_addresses
from verifier.parser.works.imprint import find_container, find_pinpoint, find_publisher, place
from verifier.parser.works.kinds import PRESS, kind_of
from verifier.parser.works.law import read_act, read_law
from verifier.parser.works.plain import find_plain_title
from verifier.parser.works.quoted import QuotedTitle, find_quoted_title

_LEAD = regex(
    r"^\s*(?:(?:and|&)\s+|(?:cited|quoted|reprinted|discussed|reproduced|cit[ée]|zitiert)\s+(?:in"
    r"|by|after|nach|dans)[:\s]\s*|with\s+|(?:Sources?|Source\s+data|Adapted\s+from|Quelle|Fonte)\s*:\s*"
    r"|\[\d+\]\s*|(?-i:in\s+(?=[A-Z])))",
    re.I,
)
_GLOSS = regex(
    r"\s*[(\[](?:(?:arguing|finding|proposing|noting|stating|holding|describing|explaining|showing"
    r"|discussing|observing|concluding|reporting|suggesting|emphasis|internal|citations?|quoting"
    r"|citing|hereinafter|"
    r"hereafter|on\s+file|transcript|in\s+French|in\s+German|my\s+translation|author’s\s+translation"
    r"|to\s+be\s+codified|footnotes?|listing|providing|comparing|same|similar|for|with|where|which"
    r"|see|using|estimating|calculating|\w+ing)\b)"
    r"[^()]*(?:\([^()]*\)[^()]*)*[)\]]",
    re.I,
)
_QUOTATION_BEHIND = regex(r"(?<=[\d)\]]):\s+[“\"‘„«].*$", re.S)
_QUOTED_SENTENCE = regex(r"[.?!][”’\"]\s+(?=[A-ZÀ-Þ])|[”’\"]\.?\s+(?=[A-ZÀ-Þ])")
_DASHES = regex(r"^(?:—{2,}|-{3,}|_{3,}|———)\.?,?\s*")


def read_work(text: str, *, addressed: bool = False) -> Work | None:
    """The work of one citation; None where the text describes none (`ibid.`, an explanation, a quotation).

    `addressed`: the citation has an address or an identifier. A work may be without a title: a title is given only
    where the citation's form shows one.
    """
    words = _prepared(text)
    law = read_law(words)
    if law is not None:
        return law
    if refers_elsewhere(words):
        return None
    addressed = addressed or without_addresses(words) != words
    for part in _candidates(words):
        work = _described(part, addressed=addressed)
        if work is not None and not work.authors and _REPRINTED.match(text):
            return replace(work, title=None, container=work.container or work.title)
        if work is not None:
            return work
    return None


_REPRINTED = regex(r"\s*reprinted\s+in\b", re.I)


def _prepared(text: str) -> str:
    words = re.sub(r"\s+", " ", without_signal(text)).strip()
    while (lead := _LEAD.match(words)) and lead.end():
        words = without_signal(words[lead.end() :]).strip()
    words = _DASHES.sub("", words)
    return _GLOSS.sub("", words) if not _GLOSS.match(words) else words


def _candidates(words: str) -> list[str]:
    """The text itself, and what follows a quoted sentence in it: a citation may come behind a quotation."""
    plain = _QUOTATION_BEHIND.sub("", words)
    tails = [plain[found.end() :] for found in _QUOTED_SENTENCE.finditer(plain)]
    return [plain, *tails[:4]]


def _described(words: str, *, addressed: bool) -> Work | None:
    bare = without_addresses(words).strip()
    here = HERE.search(bare)
    bare = HERE.sub(" ", bare).strip() if here else bare
    quoted = find_quoted_title(bare)
    if quoted is not None:
        return _from_quoted(words, quoted, web=addressed or here is not None)
    plain = find_plain_title(bare, addressed=addressed or here is not None)
    if plain is not None:
        return _from_plain(words, plain, web=addressed or here is not None)
    return read_act(words) or (_untitled(bare) if addressed or here is not None else None)


def _untitled(bare: str) -> Work | None:
    """`H. Brandt, 2020, available here`: a person and a year, and an address that says the rest."""
    found = re.fullmatch(rf"(?P<author>[A-ZÀ-Þ][^,“‘]{{1,60}}),\s+(?P<date>{YEAR})[\s,.]*", bare)
    authors = read_authors(found["author"]) if found else ()
    return Work(authors=authors, date=found["date"]) if found and authors else None


def _from_quoted(words: str, quoted: QuotedTitle, *, web: bool) -> Work:
    before = re.sub(r"^(?:Press|News|Media)\s+Release,\s*", "", quoted.before)
    names = re.sub(
        r"[,.\s]*[(\[]?(?:(?:1[5-9]|20)\d\d[a-z]?|n\.\s?d\.|o\.\s?J\.)(?:,[^)\]]*)?[)\]]?\s*[,.:]*\s*$", "", before
    ).strip(" ,:;")
    return _work(words, names, quoted.title, quoted.rest, quoted.before[len(names) :], web=web)


def _from_plain(words: str, plain: PlainTitle, *, web: bool) -> Work:
    return _work(words, plain.authors.strip(" ,:"), plain.title, plain.rest, plain.year, web=web)


def _work(words: str, names: str, title: str, rest: str, before: str, *, web: bool) -> Work:
    authors = read_authors(names) if names else ()
    container, publisher = _containers(rest)
    press = len(authors) == 1 and PRESS.search(names)
    if press and not container and not re.search(r"\b(?:and|&|et\sal)\b", names):
        container, authors = names, ()
    date = find_date(before) or find_date(rest)
    fuller = find_date(rest)
    if date and fuller and fuller.startswith(date):
        date = fuller
    institution = not authors or authors[0].given is None
    place_named = _names_a_place(rest, publisher)
    kind = kind_of(
        words, rest, container, publisher, bool(date and len(date) == 10), institution, place_named, web and not date
    )
    return Work(
        title=title.strip(" ,;") or None,
        container=container,
        publisher=publisher or find_publisher(rest),
        authors=authors,
        date=date,
        kind=kind,
        pinpoint=_pinpoint(rest),
    )


def _names_a_place(rest: str, publisher: str | None) -> bool:
    """Whether the imprint has a place, `London: Sage` or `Paris, Seuil`."""
    if re.search(r"(?:^\s*|\(|[.?!,]\s)[A-ZÀ-Þ][^():.,]{1,40}:\s+[A-ZÀ-Þ]", rest):
        return True
    return publisher is not None and bool(re.match(rf"[\s,.]*[A-ZÀ-Þ][\w\s-]*,\s+{re.escape(publisher)},\s", rest))


def _containers(rest: str) -> tuple[str | None, str | None]:
    imprint = find_publisher(rest)
    if re.match(r"\s*[,.]?\s*[(\[]", rest) and not re.match(r"\s*[,.]?\s*[(\[](?:1[5-9]|20)\d\d[)\]]", rest):
        rest = re.sub(r"^\s*[,.]?\s*[(\[][^()\[\]]*[)\]]", "", rest)
        if imprint:
            return None, imprint
    name, contained = find_container(rest)
    if name is None or (imprint and imprint == name):
        return None, imprint
    if imprint and rest.lstrip(" ,.").startswith((f"{name}:", f"{name}, {imprint}")):
        return None, imprint
    container, publisher = place(name, contained=contained, is_press=bool(PRESS.search(name)))
    return container, imprint or publisher


def _pinpoint(rest: str) -> str | None:
    found = find_pinpoint(without_addresses(rest))
    return re.sub(r"^(?:pp?\.?|S\.|paras?\.?|ss?\.?|§+|arts?\.?|at)\s*", "", found) if found else None
