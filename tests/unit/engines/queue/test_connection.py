"""What the queue says when it cannot be: no PostgreSQL, or the extra is not installed."""

import sys

import pytest

from verifier.engines.queue.connection import require_extra, require_shared
from verifier.errors import SettingsError


def test_a_file_cannot_be_shared():
    with pytest.raises(SettingsError, match="the queue needs PostgreSQL"):
        require_shared("sqlite:////data/verifier.db")
    require_shared("postgresql+psycopg://verifier@db.example.org/verifier")


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    with pytest.raises(SettingsError, match=r"pip install 'footnote-verifier\[scale\]'"):
        require_extra()
