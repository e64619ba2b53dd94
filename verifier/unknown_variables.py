"""Environment variables that look like settings and are none."""

import os
from difflib import get_close_matches
from typing import get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from verifier.errors import SettingsError

_NO_SETTINGS = frozenset({"VERIFIER_CONFIG"})
"""Variables of ours that name no setting."""


def setting_variables(settings: type[BaseModel]) -> set[str]:
    """The environment variable of every setting, and of every section as a whole."""
    found = set()
    for name, field in settings.model_fields.items():
        found.add(f"VERIFIER_{name.upper()}")
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            found |= {f"VERIFIER_{name.upper()}__{inner.upper()}" for inner in section.model_fields}
    return found


def refuse_unknown_variables(settings: type[BaseModel]) -> None:
    """Raises SettingsError for a `VERIFIER_` variable that is no setting, which would be ignored: names the nearest.

    `VERIFIER_TEST_...` are the tests' own, and the rest of a name behind a table of free keys (`hosts`) may be any.
    """
    known = setting_variables(settings)
    tables = tuple(f"VERIFIER_{name.upper()}__" for name, field in settings.model_fields.items() if _is_free(field))
    for name in sorted(os.environ):
        upper = name.upper()
        if not upper.startswith("VERIFIER_") or upper.startswith(("VERIFIER_TEST_", *tables)):
            continue
        if upper not in known and upper not in _NO_SETTINGS:
            nearest = get_close_matches(upper, sorted(known | _NO_SETTINGS), 1, 0.0)[0]
            raise SettingsError(f"{name} in the environment is no setting of Verifier; the nearest is {nearest}")


def _is_free(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is dict
