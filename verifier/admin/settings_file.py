"""`verifier init`: a `verifier.toml` with every setting in it, commented out, made from the settings class itself."""

import json
import textwrap
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from verifier.errors import SettingsError
from verifier.files import OWNER_MODE, create_file
from verifier.settings import Settings

FILE_NAME = "verifier.toml"

_HEAD = """\
# Settings of Verifier. A line that begins with `#name =` shows a default: take the `#` away to change it.
# An environment variable overrides a line (VERIFIER_FETCH__PAUSE), an option of a command overrides both.
# `verifier doctor` says whether this file can be read and what else is missing.
"""

_WIDTH = 110

_SHOWN_FOR_UNSET: tuple[tuple[type, object], ...] = (
    (time, time(6)),
    (Path, Path("path/to/it")),
    (str, ""),
    (SecretStr, ""),
)
"""What stands for a setting that has no default, so that its line is TOML of the right type."""


def write_settings_file(folder: Path) -> Path:
    """Write `verifier.toml` into a folder, which is made where it is missing; returns the file.

    It may come to hold a password, so only its owner can read it.

    Raises SettingsError when there is one already (it is never overwritten), or when it cannot be written.
    """
    file = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        create_file(file, settings_text(), OWNER_MODE)
    except FileExistsError:
        raise SettingsError(f"{file}: is there already and stays as it is; edit it, or name another folder") from None
    except OSError as error:
        raise SettingsError(f"{file}: cannot be written: {error.strerror or error}") from None
    return file


def settings_text() -> str:
    """The whole file: the settings without a section first, as TOML wants it, then the sections, then lists of tables.

    A commented setting is `#name = value`; what explains it begins with `# `.
    """
    plain, tables, lists = [], [], []
    for name, field in Settings.model_fields.items():
        if (model := _model_of(field.annotation)) is not None:
            # The head counts already: a setting below it that is taken in must not land in the section above.
            tables.append(_section(f"[{name}]", model, _described(field)))
        elif (entry := _entry_of(field.annotation)) is not None:
            lists.append(_section(f"#[[{name}]]", entry, _described(field)))
        else:
            plain.append("\n".join(_setting(name, field)))
    return "\n\n".join([_HEAD.rstrip("\n"), *plain, *tables, *lists]) + "\n"


def _section(head: str, model: type[BaseModel], described: str) -> str:
    said = described or (model.__doc__ or "").strip()
    lines = [*_wrapped(said), head]
    for name, field in model.model_fields.items():
        lines += _setting(name, field)
    return "\n".join(lines)


def _setting(name: str, field: FieldInfo) -> Iterator[str]:
    value = field.get_default(call_default_factory=True)
    unset = field.is_required() or value is None
    yield from _wrapped(_described(field))
    if unset:
        yield "# (an example; not set by default)"
    yield f"#{name} = {_toml(_example(field.annotation) if unset else value)}"


def _described(field: FieldInfo) -> str:
    return (field.description or "").strip()


def _wrapped(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH)]


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _model_of(annotation: Any) -> type[BaseModel] | None:
    """The class of settings of a section, None for a plain setting."""
    return next((a for a in _alternatives(annotation) if isinstance(a, type) and issubclass(a, BaseModel)), None)


def _entry_of(annotation: Any) -> type[BaseModel] | None:
    """The class of the entries of a list of tables, None for anything else."""
    if get_origin(annotation) not in (list, tuple):
        return None
    return next((found for a in get_args(annotation) if (found := _model_of(a)) is not None), None)


def _example(annotation: Any) -> object:
    wanted = [a for a in _alternatives(annotation) if isinstance(a, type)]
    return next((shown for kind, shown in _SHOWN_FOR_UNSET if kind in wanted), 0)


def _toml(value: object) -> str:
    """A default as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(k))} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple | set | frozenset):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    shown = value.get_secret_value() if isinstance(value, SecretStr) else value
    # JSON's escapes are a part of TOML's, but for those of characters beyond the BMP, which stay as they are.
    return json.dumps(str(shown), ensure_ascii=False)
