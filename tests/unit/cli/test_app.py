"""How the command line ends when something happens that nobody foresaw."""

import subprocess
import sys

SCRIPT = """
import sys
import verifier.settings
from verifier.cli import main

def defect(*arguments, **more):
    raise ZeroDivisionError("unforeseen")

verifier.settings.load_settings = defect
sys.argv = ["verifier", "report"]
main()
"""


def test_a_defect_of_ours_does_not_pass_for_new_accusations():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert "ZeroDivisionError: unforeseen" in done.stderr
    assert "defect of Verifier" in done.stderr
