"""The seam to registries: an adapter says where a registry keeps the record of an identifier, and knows it again.

`registries.csv` is the table of them: an identifier's scheme, the pattern of its values, the record's address, the
key that the record must carry to be the one that was asked for, and who says that it is there. An address is fetched,
judged and archived like any other, by the one session.
"""

import csv
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Protocol
from urllib.parse import quote

from verifier.model import DescribedWork


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


@dataclass(frozen=True, slots=True)
class _Line:
    scheme: str
    value: re.Pattern[str]
    address: str
    names: str


@dataclass(frozen=True, slots=True)
class TemplateRegistry:
    """A registry by the table's lines of its name."""

    name: str
    lines: tuple[_Line, ...]

    def address_of(self, key: str) -> str | None:
        """The first line's address whose pattern the identifier has."""
        found = self._found(key)
        return None if found is None else found[0].address.format(id=quote(found[1], safe="/:().;,-_~"))

    def is_of(self, key: str, work: DescribedWork) -> bool:
        """Whether the record carries the key that the line names."""
        found = self._found(key)
        return found is not None and found[0].names.format(id=found[1]) in work.identifiers

    def _found(self, key: str) -> tuple[_Line, str] | None:
        scheme, _, value = key.partition(":")
        for line in self.lines:
            match = line.value.fullmatch(value) if line.scheme == scheme else None
            if match is not None:
                return line, match["id"]
        return None


@dataclass(frozen=True, slots=True)
class FixedRegistry:
    """A registry that has the addresses it was given: the fake that ships with the package."""

    name: str
    addresses: dict[str, str]

    def address_of(self, key: str) -> str | None:
        """The address given for this key."""
        return self.addresses.get(key)

    def is_of(self, key: str, work: DescribedWork) -> bool:
        """Whether the record carries the key itself."""
        return key in work.identifiers


@cache
def all_registries() -> tuple[TemplateRegistry, ...]:
    """Every registry of the table, in its order."""
    table = resources.files("verifier.resolver.registries").joinpath("registries.csv").read_text("utf-8")
    lines: dict[str, list[_Line]] = {}
    for row in csv.DictReader(table.splitlines()):
        line = _Line(row["scheme"], re.compile(row["value"]), row["address"], row["names"])
        lines.setdefault(row["registry"], []).append(line)
    return tuple(TemplateRegistry(name, tuple(of)) for name, of in lines.items())


def registries_named(names: Collection[str]) -> Sequence[Registry]:
    """Those that are named, in the table's order: where several keep records of an identifier they are asked so."""
    return [registry for registry in all_registries() if registry.name in names]
