"""Settings of mail and heartbeat: what is off by default, what has to go together, what is refused."""

import pytest

from verifier.errors import SettingsError
from verifier.notification_settings import MailSecurity
from verifier.settings import load_settings

pytestmark = pytest.mark.usefixtures("clean_environment")
MAIL = '[mail]\nhost = "mail.example.org"\nsender = "verifier@example.org"\nrecipients = ["editors@example.org"]\n'


@pytest.fixture
def load(tmp_path):
    def load(toml: str):
        (tmp_path / "verifier.toml").write_text(toml, encoding="utf-8")
        return load_settings()

    return load


def test_without_settings_nothing_is_told():
    settings = load_settings()
    assert (settings.mail.host, settings.heartbeat.url, settings.metrics_file) == ("", "", None)


@pytest.mark.parametrize(
    ("more", "port"),
    [("", 587), ('security = "tls"', 465), ('security = "none"', 25), ('security = "tls"\nport = 4650', 4650)],
)
def test_the_port_is_the_usual_one_unless_given(load, more, port):
    assert load(MAIL + more).mail.server_port == port


def test_the_password_comes_from_the_environment_and_is_never_shown(load, monkeypatch):
    monkeypatch.setenv("VERIFIER_MAIL__PASSWORD", "top-secret")
    settings = load(f'{MAIL}user = "bot"')
    assert settings.mail.password.get_secret_value() == "top-secret"
    assert settings.mail.security is MailSecurity.STARTTLS
    assert "top-secret" not in f"{settings!r} {settings.model_dump_json()}"


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('[mail]\nhost = "mail.example.org"', "mail.sender and mail.recipients"),
        (f'{MAIL}password = "a"\npassword_file = "b"', "not both"),
        (f'{MAIL}user = "bot"\nsecurity = "none"', "in clear"),
        (f'{MAIL}security = "ssl"', "mail.security"),
        (MAIL.replace("editors@", "editors"), "is no mail address"),
        (MAIL.replace("verifier@", "a\\nBcc: b@"), "is no mail address"),
        ('[mail]\nrecipients = [""]', "is no mail address"),
        ('[heartbeat]\nurl = "ftp://x"', "heartbeat.url"),
    ],
)
def test_what_cannot_work_is_said_at_once(load, toml, says):
    with pytest.raises(SettingsError, match=says):
        load(toml)


def test_a_log_in_without_tls_is_allowed_on_this_machine(load):
    toml = f'{MAIL}user = "bot"\nsecurity = "none"'.replace("mail.example.org", "localhost")
    assert load(toml).mail.user == "bot"
