"""The secret that signs the sessions: given in the settings, or made once and kept beside the store."""

import secrets
from pathlib import Path

from verifier.errors import SettingsError
from verifier.files import OWNER_MODE, create_file
from verifier.settings import Settings

_FEWEST = 32


def session_secret(settings: Settings) -> str:
    """The secret. Raises SettingsError when it is too short, or its file cannot be read or written."""
    given = settings.review.secret.get_secret_value()
    if given:
        if len(given) < _FEWEST:
            raise SettingsError(f"review.secret has fewer than {_FEWEST} characters; leave it empty to have one made")
        return given
    file = settings.data / "review.secret"
    try:
        return file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return _made(file)
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror or error}") from None


def _made(file: Path) -> str:
    """Make the secret; where another desk has just made one, that is it."""
    made = secrets.token_urlsafe(_FEWEST)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        create_file(file, made + "\n", OWNER_MODE)
    except FileExistsError:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{file}: cannot be written: {error.strerror or error}") from None
    return made
