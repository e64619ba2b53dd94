"""The parser's regular expressions: compiled late, and all of them sound."""

import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

import verifier.parser
from verifier.parser.patterns import LazyPattern, regex


def _within(value: object) -> Iterator[LazyPattern]:
    if isinstance(value, LazyPattern):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        for item in value:
            yield from _within(item)
    elif isinstance(value, dict):
        yield from _within([*value.keys(), *value.values()])


def test_every_pattern_compiles() -> None:
    names = [info.name for info in pkgutil.walk_packages(verifier.parser.__path__, "verifier.parser.")]
    patterns = [
        found for name in names for value in vars(importlib.import_module(name)).values() for found in _within(value)
    ]
    assert len(patterns) > 200
    for found in patterns:
        re.compile(found.pattern, found._flags)


def test_a_pattern_works_as_a_compiled_one() -> None:
    found = regex(r"(\d+)(?P<unit>[a-z]+)", re.I)
    assert found.pattern == r"(\d+)(?P<unit>[a-z]+)"
    match = found.search("about 12KG")
    assert match is not None and match["unit"] == "KG"
    assert found.sub("-", "12kg 3m") == "- -"
    assert [m.group() for m in found.finditer("12kg 3m", 2)] == ["3m"]


def test_an_error_shows_at_the_first_use() -> None:
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search("")


def test_loading_the_parser_compiles_none_of_its_own() -> None:
    code = (
        "import re, sys\n"
        "compile = re._compiler.compile\n"
        "seen = []\n"
        "def watch(pattern, flags=0):\n"
        "    frame = sys._getframe(1)\n"
        "    while frame.f_globals['__name__'] == 're':\n"
        "        frame = frame.f_back\n"
        "    seen.append(frame.f_globals['__name__'])\n"
        "    return compile(pattern, flags)\n"
        "re._compiler.compile = watch\n"
        "import verifier.parser.extraction, verifier.parser.drafts.read\n"
        "print([name for name in seen if name.startswith('verifier.parser')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
