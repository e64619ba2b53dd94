"""Where settings come from."""

from pathlib import Path

from verifier.settings import GivenSettings, Settings
from verifier.unknown_variables import setting_variables


def test_given_settings_heed_no_variable_of_the_environment(monkeypatch):
    default = GivenSettings(data=Path("here")).model_dump()
    for name in setting_variables(Settings):
        monkeypatch.setenv(name, "neither a number nor an address nor JSON")
    assert GivenSettings(data=Path("here")).model_dump() == default
