"""The four verbs are functions of the package, loaded when first used."""

import subprocess
import sys

import pytest

import verifier


@pytest.mark.parametrize("name", ["extract", "check_links", "compare", "verify"])
def test_a_verb_is_a_documented_typed_function(name):
    verb = getattr(verifier, name)
    assert callable(verb)
    assert verb.__doc__
    assert "return" in verb.__annotations__
    assert name in dir(verifier)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_verb"):
        verifier.no_such_verb  # noqa: B018


def test_importing_the_package_loads_nothing_heavy():
    script = (
        "import sys, verifier; heavy = {'requests', 'sqlalchemy', 'pypdf', 'pypdfium2', 'trafilatura', 'pydantic'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
