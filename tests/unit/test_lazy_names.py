import subprocess
import sys
from importlib import import_module

import pytest

PACKAGES = ["verifier.checker", "verifier.engines", "verifier.resolver"]


@pytest.mark.parametrize("name", PACKAGES)
def test_every_name_of_a_package_is_there(name):
    package = import_module(name)
    assert set(package._MODULES) <= set(package.__all__)
    for one in package.__all__:
        assert getattr(package, one) is not None
        assert one in dir(package)


@pytest.mark.parametrize("name", PACKAGES)
def test_another_name_is_not(name):
    with pytest.raises(AttributeError, match="has no attribute 'nothing_of_the_kind'"):
        _ = import_module(name).nothing_of_the_kind


def test_a_process_that_reads_documents_loads_nothing_of_what_compares_them():
    script = (
        "import sys; import verifier.documents; "
        "print(sorted(m for m in sys.modules if m.startswith(('verifier.checker.verdict', 'verifier.checker.checks'))))"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
