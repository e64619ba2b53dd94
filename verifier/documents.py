"""Reads a document, and holds it against itself: what a reading process does with one file."""

from dataclasses import replace
from pathlib import Path

from verifier.checker.consistency import inconsistencies
from verifier.errors import is_of_one_unit
from verifier.model import Extraction, ExtractionWarning, WarningCode
from verifier.parser import read


def read_document(path: Path, password: str = "") -> Extraction:
    """Read a document, and hold it against itself. Raises DocumentError as `verifier.parser.extract` does.

    Where the second fails, the reading is good without it, and says so in a warning.
    """
    extraction, contents = read(path, password=password)
    try:
        return replace(extraction, inconsistencies=inconsistencies(contents))
    except Exception as error:
        if not is_of_one_unit(error):
            raise
        message = f"it was not held against itself: {type(error).__name__}: {error}"
        warning = ExtractionWarning(None, WarningCode.CONSISTENCY_UNCHECKED, message)
        return replace(extraction, warnings=(*extraction.warnings, warning))
