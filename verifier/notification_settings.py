"""The settings of who is told of a night: by mail, by a monitor, in a chat channel."""

import re
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator


class MailSecurity(StrEnum):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


_USUAL_PORTS = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.NONE: 25}
"""RFC 8314 (465), RFC 6409 (587), RFC 5321 (25)."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class MailSettings(BaseModel):
    """The mail that goes out after every night; off while `host` is empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field("", description="the mail server's name; empty: no mail")
    port: int = Field(0, ge=0, le=65535, description="its port; 0: 587 for starttls, 465 for tls, 25 for none")
    security: MailSecurity = Field(MailSecurity.STARTTLS, description="`starttls`, `tls` or `none`")
    user: str = Field("", description="the name to log in with; empty: no log-in")
    password: SecretStr = Field(SecretStr(""), description="the password; better in `mail.password_file`")
    password_file: Path | None = Field(None, description="a file whose first line is the password")
    sender: str = Field("", description="the address the mail comes from")
    recipients: tuple[str, ...] = Field((), description="the addresses it goes to")
    timeout: float = Field(30.0, gt=0, description="seconds to wait for the mail server at each step")

    @property
    def server_port(self) -> int:
        """The port in use: the one given, else the usual one."""
        return self.port or _USUAL_PORTS[self.security]

    @field_validator("sender", "recipients")
    @classmethod
    def _are_addresses(cls, given: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for address in (given,) if isinstance(given, str) else given:
            name, at, domain = parseaddr(address)[1].rpartition("@")
            if (address or given != "") and not (name and at and domain and address.isprintable()):
                raise ValueError(f"{address!r} is no mail address")
        return given

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if not self.host:
            return self
        if not self.sender or not self.recipients:
            raise ValueError("mail.host needs mail.sender and mail.recipients")
        if self.password.get_secret_value() and self.password_file:
            raise ValueError("give mail.password or mail.password_file, not both")
        if self.user and self.security is MailSecurity.NONE and self.host not in _LOOPBACK:
            raise ValueError("mail.security `none` would send the password in clear; use starttls or tls")
        return self


class HeartbeatSettings(BaseModel):
    """Addresses of a monitor that notices when the nightly run stays away."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field("", pattern=r"^(https?://\S+)?$", description="called (GET) after a complete night; empty: none")
    failure_url: str = Field("", pattern=r"^(https?://\S+)?$", description="called after one that is not; empty: none")
    timeout: float = Field(10.0, gt=0, description="seconds to wait for its answer")


class WebhookFormat(StrEnum):
    """Who reads what is posted to a webhook."""

    SLACK = "slack"
    TEAMS = "teams"


class WebhookSettings(BaseModel):
    """A chat channel that gets the digest of a night."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: SecretStr = Field(SecretStr(""), description="the channel's incoming webhook (its password); empty: none")
    format: WebhookFormat = Field(WebhookFormat.SLACK, description="whose message it takes: `slack` or `teams`")
    quiet_nights: bool = Field(False, description="post also when nothing is new and nothing failed")
    timeout: float = Field(10.0, gt=0, description="seconds to wait for its answer")

    @field_validator("url")
    @classmethod
    def _is_web(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value() and not re.fullmatch(r"https?://[^/\s]+\S*", url.get_secret_value()):
            raise ValueError("webhook.url needs an address that begins with https:// or http://")
        return url
