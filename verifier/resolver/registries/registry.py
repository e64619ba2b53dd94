"""The seam to registries: an adapter says where a registry keeps the record of an identifier, and knows it again.

`registries.csv` is the table of them: an identifier's scheme, the pattern of its values, the record's address, the
key that the record must carry to be the one that was asked for, whether that there is none says something
(`decisive`), and who says that it is there. The scheme `url` is that of addresses which spell a registry's own number.
An address is fetched, judged and archived like any other, by the
one session.
"""

import csv
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Protocol
from urllib.parse import quote

from verifier.model import DescribedWork, Nature
from verifier.resolver.registries.search import Search, SoughtWork, searches_of

REGISTRY_NAMES = {
    "doi": "doi.org",
    "crossref": "Crossref",
    "datacite": "DataCite",
    "openalex": "OpenAlex",
    "openlibrary": "Open Library",
    "federalregister": "the Federal Register",
    "govinfo": "govinfo",
    "courtlistener": "CourtListener",
}
"""What each registry is called to people, by its name in the settings."""


class Registry(Protocol):
    """One registry."""

    @property
    def name(self) -> str:
        """What it is called in settings, and by `verifier.resolver.works.records`."""
        ...

    def address_of(self, key: str) -> str | None:
        """Where its record of an identifier is; None for schemes that it keeps no records of."""
        ...

    def is_of(self, key: str, work: DescribedWork) -> bool:
        """Whether a record is that of the identifier: one of another work was not asked for, and says nothing."""
        ...

    def is_decisive_for(self, key: str) -> bool:
        """Whether it has as good as every identifier of the kind: that it has none of this one says something."""
        ...

    def search_for(self, sought: SoughtWork) -> Search | None:
        """Where it is asked for a work by its title; None where it cannot be, or keeps no works of its kind."""
        ...


@dataclass(frozen=True, slots=True)
class _Line:
    scheme: str
    value: re.Pattern[str]
    address: str
    names: str
    decisive: bool


@dataclass(frozen=True, slots=True)
class TemplateRegistry:
    """A registry by the tables' lines of its name."""

    name: str
    lines: tuple[_Line, ...]

    def address_of(self, key: str) -> str | None:
        """The first line's address whose pattern the identifier has."""
        found = self._found(key)
        if found is None:
            return None
        line, parts = found
        return line.address.format(**{name: quote(part, safe="/:().;,-_~") for name, part in parts.items()})

    def is_of(self, key: str, work: DescribedWork) -> bool:
        """Whether the record carries the key that the line names."""
        found = self._found(key)
        return found is not None and found[0].names.format(**found[1]) in work.identifiers

    def is_decisive_for(self, key: str) -> bool:
        """Whether the line says so."""
        found = self._found(key)
        return found is not None and found[0].decisive

    def search_for(self, sought: SoughtWork) -> Search | None:
        """The address of its line in the table of searches."""
        return searches_of(self.name, sought)

    def _found(self, key: str) -> tuple[_Line, dict[str, str]] | None:
        scheme, _, value = key.partition(":")
        for line in self.lines:
            match = line.value.fullmatch(value) if line.scheme == scheme else None
            if match is not None:
                return line, match.groupdict()
        return None


@dataclass(frozen=True, slots=True)
class FixedRegistry:
    """A registry that has the addresses it was given: the fake that ships with the package."""

    name: str
    addresses: dict[str, str]
    search: Search | None = None

    def address_of(self, key: str) -> str | None:
        """The address given for this key."""
        return self.addresses.get(key)

    def is_of(self, key: str, work: DescribedWork) -> bool:
        """Whether the record carries the key itself."""
        return key in work.identifiers

    def is_decisive_for(self, key: str) -> bool:
        """Whether it was given an address for the key."""
        return key in self.addresses

    def search_for(self, sought: SoughtWork) -> Search | None:
        """The search given for every work."""
        return self.search


def records_of(key: str, registry: Registry, answer: DescribedWork) -> tuple[DescribedWork, ...]:
    """The works of an answer that are those of an identifier: of a list, each that carries it."""
    works = answer.listed if answer.nature is Nature.LIST else (answer,)
    return tuple(work for work in works if work.titles and registry.is_of(key, work))


@cache
def all_registries() -> tuple[TemplateRegistry, ...]:
    """Every registry of the table, in its order."""
    table = resources.files("verifier.resolver.registries").joinpath("registries.csv").read_text("utf-8")
    lines: dict[str, list[_Line]] = {}
    for row in csv.DictReader(table.splitlines()):
        line = _Line(row["scheme"], re.compile(row["value"]), row["address"], row["names"], bool(row["decisive"]))
        lines.setdefault(row["registry"], []).append(line)
    return tuple(TemplateRegistry(name, tuple(of)) for name, of in lines.items())


def registries_named(names: Collection[str]) -> Sequence[Registry]:
    """Those that are named, in the table's order: where several keep records of an identifier they are asked so."""
    return [registry for registry in all_registries() if registry.name in names]
