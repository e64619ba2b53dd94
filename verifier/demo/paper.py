"""The paper of the demo, as a file."""

from importlib.resources import files
from pathlib import Path

from verifier.errors import DocumentError


def demo_paper() -> Path:
    """Where the shipped paper is on disk.

    Raises DocumentError when this installation does not hold it as a file (a zipped or damaged package).
    """
    paper = Path(str(files("verifier.demo") / "paper.pdf"))
    if not paper.is_file():
        raise DocumentError(f"{paper}: the demo's paper is missing; install the package again")
    return paper
