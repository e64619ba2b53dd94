"""Citation -> sources: the works behind it, each under one key, with the addresses it may be read at."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from verifier.model import Citation, Origin, Source, SourceAddress
from verifier.resolver.sources.identifiers import canonical_key, guessed_address, key_of_address
from verifier.resolver.sources.urls import Address, address_of, canonical_url, fragment_of, split_address


class Resolver(Protocol):
    """Finds the candidate sources of a citation."""

    def sources_of(self, citation: Citation) -> tuple[Source, ...]:
        """The works that a citation names, in its order."""
        ...


class TemplateResolver:
    """Takes the printed addresses, and makes one from an identifier that no printed address serves."""

    def sources_of(self, citation: Citation) -> tuple[Source, ...]:
        """The works that a citation names, in its order."""
        return sources_of(citation)


class StaticResolver:
    """A resolver that knows its answers: for tests. Citations are looked up by their text."""

    def __init__(self, answers: Mapping[str, tuple[Source, ...]]) -> None:
        self._answers = dict(answers)

    def sources_of(self, citation: Citation) -> tuple[Source, ...]:
        """The sources given for this citation's text."""
        return self._answers.get(citation.text, ())


def source_of_url(url: str) -> Source:
    """The source behind one printed address."""
    return Source(key_of_url(url), (_printed([url]),))


def _printed(urls: Sequence[str]) -> SourceAddress:
    """One address that is printed, perhaps several times with other fragments."""
    fragments = dict.fromkeys(fragment for url in urls if (fragment := fragment_of(url)))
    return SourceAddress(address_of(urls[0]), Origin.PRINTED, tuple(fragments))


def key_of_url(url: str) -> str:
    """The canonical key of an address: the identifier it spells, else `url:` and its canonical form."""
    parsed = split_address(url)
    identified = key_of_address(parsed) if isinstance(parsed, Address) else None
    return identified or f"url:{canonical_url(url)}"


_MENTIONED = ("cfr:", "usc:", "bill:", "fr:", "publ:")
"""Law that a report on it mentions: two reports on one section are two works."""


def sources_of(citation: Citation) -> tuple[Source, ...]:
    """The works that a citation names.

    A citation is one work: where it prints one address and gives one identifier, the address serves the identifier's
    key, and where that resolves is guessed beside it. With several of either they are kept apart, since a note that was
    split wrongly must not merge works. Law that a titled work with its own address mentions is none of them.
    """
    printed: dict[str, dict[str, list[str]]] = {}
    for url in citation.urls:
        printed.setdefault(key_of_url(url), {}).setdefault(address_of(url), []).append(url)
    identifiers = [key for key in _keys(citation) if not (printed and citation.title and key.startswith(_MENTIONED))]
    if len(identifiers) == 1 and len(printed) == 1 and next(iter(printed)).startswith("url:"):
        (addresses,) = printed.values()
        return (Source(identifiers[0], (*map(_printed, addresses.values()), *_guessed(identifiers[0], addresses))),)
    sources = [Source(key, tuple(map(_printed, addresses.values()))) for key, addresses in printed.items()]
    sources += [Source(key, guess) for key in identifiers if key not in printed and (guess := _guessed(key))]
    return tuple(sources)


def identifier_keys(citation: Citation) -> tuple[str, ...]:
    """The keys of the identifiers that a citation gives, and of those that its addresses spell; each once."""
    spelt = (key for url in citation.urls if not (key := key_of_url(url)).startswith("url:"))
    return tuple(dict.fromkeys((*_keys(citation), *spelt)))


def _keys(citation: Citation) -> list[str]:
    return list(dict.fromkeys(canonical_key(identifier) for identifier in citation.identifiers))


def _guessed(key: str, printed: Collection[str] = ()) -> tuple[SourceAddress, ...]:
    """The address that an identifier resolves at, unless it is printed."""
    guess = guessed_address(key)
    return (SourceAddress(guess, Origin.GUESSED),) if guess is not None and guess not in printed else ()
