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
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=300)
    assert done.returncode == 3
    assert "ZeroDivisionError: unforeseen" in done.stderr
    assert "defect of Verifier" in done.stderr


def test_a_reader_that_went_away_does_not_pass_for_new_accusations():
    script = (
        "from verifier.cli.app import app, main\n"
        "import sys\n"
        "@app.command('chatter')\n"
        "def chatter():\n"
        "    for _ in range(100_000):\n"
        "        sys.stdout.write('a line that nobody reads\\n')\n"
        "sys.argv = ['verifier', 'chatter']\n"
        "main()\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    child.stdout.close()
    assert child.stderr is not None
    assert child.stderr.read() == b""
    assert child.wait(60) == 141


def test_the_help_names_where_data_and_settings_are_looked_for():
    done = subprocess.run(
        [sys.executable, "-m", "verifier", "run", "--help"], capture_output=True, text=True, timeout=300
    )
    assert "VERIFIER_DATA" in done.stdout
    assert "VERIFIER_CONFIG" in done.stdout
