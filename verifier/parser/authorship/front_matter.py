"""The authors in a Markdown draft's front matter: YAML (Pandoc, Quarto, Jekyll), or Pandoc's title block."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from verifier.parser.authorship.names import stated_names
from verifier.parser.patterns import regex

_LONGEST = 64 * 1024
"""Characters of front matter that are read: bibliographies within it come to less."""

_YAML = regex(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TITLE_BLOCK = regex(r"\A%[^\n]*(?:\n[ \t]+[^\n]*)*\n%[ \t]*([^\n]*(?:\n[ \t]+[^\n]*)*)")
"""Pandoc's Manual, "Extension: pandoc_title_block": the second line has the authors, one a line or with `;` between."""

_KEYS = ("author", "authors")
_NAME_KEYS = ("name", "literal", "full-name", "fullname")
_GIVEN_KEYS, _FAMILY_KEYS = ("given", "first", "firstname", "given-names"), ("family", "last", "lastname", "surname")
_INLINE_NOTE = regex(
    r"\^\[[^\]]{0,2000}\]|\[\^[^\]]{0,80}\]|\\thanks\{[^{}]{0,2000}\}|\^[^\s^]{1,20}\^|<sup>.{0,40}?</sup>"
)
_LINK = regex(r"\[([^\]]{1,200})\]\([^)]{0,500}\)")
_EMPHASIS = regex(r"[*_]{1,3}(?=\S)(.+?)(?<=\S)[*_]{1,3}")


def markdown_authors(text: str) -> tuple[str, ...]:
    """The authors that a Markdown text's front matter names; none where it has none, or it is no YAML."""
    text = text.lstrip("\ufeff")[:_LONGEST]
    if found := _YAML.match(text):
        return stated_names(map(_without_markup, _of_yaml(found[1])))
    if found := _TITLE_BLOCK.match(text):
        return stated_names(map(_without_markup, found[1].split("\n")))
    return ()


def _of_yaml(text: str) -> Iterator[str]:
    try:
        # Every scalar stays the text that it is: a date that is none must not cost the authors.
        data = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(key, str) and key.lower() in _KEYS:
                yield from _people(value)


def _people(value: Any) -> Iterator[str]:
    """The names of a value: a text, a mapping that describes one, or a list of such."""
    if isinstance(value, str):
        yield from value.split("\n")
    elif isinstance(value, list):
        for one in value[:200]:
            yield from () if isinstance(one, list) else _people(one)
    elif isinstance(value, dict):
        yield from _described(value)


def _described(person: dict[Any, Any]) -> Iterator[str]:
    """A person's name: `name`, its parts, or as the one key that their description is under."""
    name = _first(person, _NAME_KEYS)
    if isinstance(name, dict):
        yield from _described(name)
        return
    given, family = _first(person, _GIVEN_KEYS), _first(person, _FAMILY_KEYS)
    if isinstance(name, str):
        yield name
    elif isinstance(family, str):
        yield f"{given} {family}" if isinstance(given, str) else family
    elif len(person) == 1 and isinstance(only := next(iter(person)), str) and " " in only:
        yield only


def _first(person: dict[Any, Any], keys: tuple[str, ...]) -> Any:
    return next((person[key] for key in keys if person.get(key)), None)


def _without_markup(name: str) -> str:
    name = _LINK.sub(r"\1", _INLINE_NOTE.sub("", name))
    return _EMPHASIS.sub(r"\1", name).replace("\\", "")
