"""`verifier init` writes every setting there is, in a file that loads as it is and with every line taken in."""

import re
import stat
import tomllib

import pytest
from pydantic import BaseModel

from verifier.admin.settings_file import settings_text, write_settings_file
from verifier.errors import SettingsError
from verifier.settings import Settings, load_settings


def taken_in(text: str) -> str:
    """The file with every setting taken in: the `#` of `#name = ` and `#[[name]]` away."""
    return re.sub(r"^#(?=[a-z_]+ = |\[)", "", text, flags=re.M)


def names(model: type[BaseModel]) -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        found.add(name)
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, BaseModel):
                found |= names(part)
    return found


def test_untouched_it_changes_nothing(clean_environment, tmp_path):
    assert load_settings(write_settings_file(tmp_path)).model_dump() == Settings().model_dump()


def test_with_every_line_taken_in_it_loads_and_keeps_every_default(clean_environment, tmp_path):
    file = tmp_path / "all.toml"
    file.write_text(taken_in(settings_text()), encoding="utf-8")
    loaded, default = load_settings(file).model_dump(), Settings().model_dump()
    examples = set(re.findall(r"# \(an example; not set by default\)\n#([a-z_]+)", settings_text()))

    def differing(ours, theirs):
        for name, value in theirs.items():
            if isinstance(value, dict) and value:
                yield from differing(ours[name], value)
            elif ours[name] != value:
                yield name

    lists = set(re.findall(r"^#\[\[([a-z_]+)", settings_text(), re.M))
    assert set(differing(loaded, default)) <= examples | lists


def test_every_setting_is_in_it():
    assert names(Settings) <= set(re.findall(r"^#?\[*([a-z_]+)", settings_text(), re.M))


def test_one_line_alone_may_be_taken_in():
    lines = settings_text().splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith("#near_days"))
    lines[place] = "near_days = 30"
    assert tomllib.loads("\n".join(lines))["check"] == {"near_days": 30}


def test_every_setting_is_explained():
    lines = settings_text().splitlines()
    assert all(lines[i - 1].startswith("# ") for i, line in enumerate(lines) if re.match(r"#[a-z_]+ = ", line))


def test_it_is_the_owners_alone_for_it_may_hold_a_password(tmp_path):
    assert stat.S_IMODE(write_settings_file(tmp_path / "etc").stat().st_mode) == 0o600


def test_a_file_that_is_there_is_never_touched(tmp_path):
    (tmp_path / "verifier.toml").write_text("data = 'mine'", encoding="utf-8")
    with pytest.raises(SettingsError, match="is there already"):
        write_settings_file(tmp_path)
    assert (tmp_path / "verifier.toml").read_text(encoding="utf-8") == "data = 'mine'"


def test_the_command_says_what_comes_next(verifier, tmp_path):
    done = verifier("init", "etc")
    assert done.returncode == 0, done.stderr
    assert "verifier doctor --config etc/verifier.toml" in done.stdout
    assert (tmp_path / "etc" / "verifier.toml").is_file()
    again = verifier("init", "etc")
    assert (again.returncode, "Traceback" in again.stderr) == (2, False)
