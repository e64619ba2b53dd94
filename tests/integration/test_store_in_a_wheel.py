"""The store finds its migrations where the wheel puts them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

OPENS = """
import sys
from db.schema import migrations
from db.store import Store
Store.open(sys.argv[1]).close()
print(migrations())
"""


def test_migrations_that_travel_inside_the_package_are_found(tmp_path):
    site = tmp_path / "site"
    shutil.copytree(ROOT / "db", site / "db", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "alembic", site / "db" / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [sys.executable, "-c", OPENS, f"sqlite:///{tmp_path / 'verifier.db'}"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)])},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stdout) == (0, f"{site / 'db' / 'migrations'}\n"), done.stderr
