"""The settings: `verifier.toml`, then environment variables, then options of the command line.

An environment variable is the upper-case name behind `VERIFIER_`, two underscores between the parts:
`VERIFIER_DATA`, `VERIFIER_FETCH__PAUSE`. `VERIFIER_CONFIG` names the file (default `./verifier.toml`, if there).
"""

import os
from datetime import time
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from verifier._version import __version__
from verifier.check_settings import CheckSettings as CheckSettings
from verifier.errors import SettingsError
from verifier.notification_settings import HeartbeatSettings, MailSettings, WebhookSettings
from verifier.objects.settings import ObjectSettings
from verifier.queue_settings import QueueSettings
from verifier.unknown_variables import refuse_unknown_variables


class FetchSettings(BaseModel):
    """How addresses are fetched; times in seconds, sizes in bytes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    connect_timeout: float = Field(10.0, gt=0, description="seconds to wait for a connection")
    read_timeout: float = Field(20.0, gt=0, description="seconds to wait between two pieces of a response")
    deadline: float = Field(
        90.0, gt=0, description="seconds that one address may take, with its redirects, probes and readings"
    )
    max_bytes: int = Field(30_000_000, gt=0, description="largest body, on the wire and after decompression")
    pause: float = Field(1.0, ge=0, description="seconds between two requests to one host")
    retry_after_cap: float = Field(30.0, ge=0, description="longest Retry-After, in seconds, that is waited for")
    crawl_delay_cap: float = Field(
        10.0,
        ge=0,
        description="longest Crawl-delay, in seconds, that is heeded where there is a pause; 0: none is",
    )
    workers: int = Field(32, ge=1, le=256, description="hosts that are asked at the same time")
    contact: str = Field("", description="a mail address or page of yours, named in the User-Agent")
    proxy: str = Field(
        "",
        pattern=r"^(http://[^\s/]+/?)?$",
        description="a forward proxy that sources are fetched through, `http://[user:password@]host:port`; empty: none",
    )

    @property
    def user_agent(self) -> str:
        """The honest name we send: the bot, its version and whom to write to."""
        contact = self.contact or "no contact configured"
        return f"Verifier/{__version__} (citation checker; {contact})"


class ScheduleSettings(BaseModel):
    """When an address is due again; times in days."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    live_days: float = Field(7.0, gt=0, description="days until an address that answered is checked again")
    suspicious_days: float = Field(3.0, gt=0, description="days until an address that did not answer is checked again")


class NightSettings(BaseModel):
    """How much one run may do."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host_budget: int = Field(500, ge=1, description="addresses of one host that a run asks at most; the rest waits")
    limit_hours: float = Field(0.0, ge=0, description="hours after which a night stops cleanly; 0 is no limit")
    until: time | None = Field(None, description="local time (`06:00`) at which a night stops cleanly")


class WatchSettings(BaseModel):
    """A folder of documents that the nightly run looks after."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Path = Field(description="the folder, searched to the bottom for PDFs and drafts")
    confidential: bool = Field(
        False, description="drafts: no fetching unless `fetch`, no third-party look-ups, counts only in mail"
    )
    fetch: bool = Field(True, description="whether sources are fetched; a confidential folder has to say so itself")

    @model_validator(mode="before")
    @classmethod
    def _confidential_is_not_fetched(cls, values: Any) -> Any:
        if isinstance(values, dict) and values.get("confidential"):
            return {"fetch": False} | values
        return values


class ArchiveSettings(BaseModel):
    """How much is kept of the web."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_bytes: int = Field(
        0, ge=0, description="bytes that the archive may come to; when it is full no source is checked; 0 is no limit"
    )
    robots: bool = Field(False, description="keep nothing that a site's robots.txt forbids; it is still judged")
    style_sheets: int = Field(
        0,
        ge=0,
        le=20,
        description="style sheets of a page that are kept with it, so that the desk shows how it looked; 0: none",
    )


class MementoSettings(BaseModel):
    """Public web archives that are asked for copies of dead addresses (Memento, RFC 7089)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    archives: tuple[Annotated[str, Field(pattern=r"^https?://\S+$")], ...] = Field(
        ("https://web.archive.org/web/",),
        description="TimeGates, asked in this order; the address is appended to each; empty: nobody is asked",
    )


class RetentionSettings(BaseModel):
    """What is kept of the past."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fetches: int = Field(20, ge=20, description="fetches of an address and link status that are kept")
    snapshot_days: int = Field(
        0, ge=0, description="days after which snapshots that nothing needs any more leave the archive; 0: never"
    )


class ReviewSettings(BaseModel):
    """The editors' desk: where it is served, and who may come in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field("127.0.0.1", description="the address the desk listens on; another than loopback needs users")
    port: int = Field(8420, ge=0, le=65535, description="its port; 0 takes a free one")
    address: str = Field("", pattern=r"^(https?://[^/\s]+)?$", description="how browsers reach it (`https://...`)")
    users: Path | None = Field(None, description="the file of users; empty: `users.json` in the data folder")
    trusted_header: str = Field("", description="header in which a proxy names who is logged in; empty: none")
    trusted_proxies: tuple[str, ...] = Field(("127.0.0.1", "::1"), description="the proxies that may say so")
    secret: SecretStr = Field(SecretStr(""), description="signs the sessions; empty: made once and kept in `data`")
    processes: int = Field(2, ge=1, le=64, description="processes that serve the desk; where none can be forked, one")
    max_upload_bytes: int = Field(100_000_000, gt=0, description="the largest file that may be uploaded")
    query_days: int = Field(14, ge=1, le=3650, description="days after which a query without an answer comes back")

    @model_validator(mode="after")
    def _proxy_is_complete(self) -> Self:
        if self.trusted_header and not self.address:
            raise ValueError("review.trusted_header needs review.address: how browsers reach the desk")
        return self


class Settings(BaseSettings):
    """All settings of an installation."""

    model_config = SettingsConfigDict(
        env_prefix="VERIFIER_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )
    config_file: ClassVar[Path | None] = None

    data: Path = Field(Path("verifier-data"), description="the folder that holds everything of this installation")
    store: str = Field("", description="address of the database; empty: `verifier.db` in the data folder")
    allow_private: bool = Field(False, description="also fetch private and loopback addresses (tests, intranets)")
    hosts: dict[str, str] = Field(
        default_factory=dict,
        description="names (`*.` for any label before) mapped to `address` or `address:port`, as curl's --resolve",
    )
    fetch: FetchSettings = FetchSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    night: NightSettings = NightSettings()
    check: CheckSettings = CheckSettings()
    archive: ArchiveSettings = ArchiveSettings()
    objects: ObjectSettings = ObjectSettings()
    memento: MementoSettings = MementoSettings()
    retention: RetentionSettings = RetentionSettings()
    mail: MailSettings = MailSettings()
    heartbeat: HeartbeatSettings = HeartbeatSettings()
    webhook: WebhookSettings = WebhookSettings()
    review: ReviewSettings = ReviewSettings()
    queue: QueueSettings = QueueSettings()
    metrics_file: Path | None = Field(
        None, description="where Prometheus' textfile collector reads (`.../verifier.prom`); empty: no metrics"
    )
    backup_folder: Path | None = Field(
        None, description="where the backups are (`*.tar`): `doctor` proves the newest; empty: it looks at none"
    )
    watch: tuple[WatchSettings, ...] = Field((), description="the folders of `verifier nightly`, one `[[watch]]` each")

    @property
    def store_url(self) -> str:
        """The database as an SQLAlchemy address."""
        return self.store or f"sqlite:///{(self.data / 'verifier.db').absolute()}"

    @property
    def store_is_shared(self) -> bool:
        """Whether the store is one that several machines can share: a PostgreSQL database."""
        return self.store.startswith("postgresql")

    @property
    def archive_folder(self) -> Path:
        """Where the WARC files are."""
        return self.data / "archive"

    @property
    def documents_folder(self) -> Path:
        """Where a copy of every edition is, named by its SHA-256."""
        return self.data / "documents"

    @property
    def uploads_folder(self) -> Path:
        """Where PDFs that were uploaded at the desk are."""
        return self.data / "uploads"

    @property
    def log_file(self) -> Path:
        """Where the events of every run are, a JSON object a line."""
        return self.data / "log" / "verifier.jsonl"

    def with_pause(self, pause: float | None) -> "Settings":
        """These settings with another pause between two requests to one host; None changes nothing."""
        if pause is None:
            return self
        return self.model_copy(update={"fetch": self.fetch.model_copy(update={"pause": pause})})

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options first, then the environment, then the file."""
        toml = TomlConfigSettingsSource(settings_cls, toml_file=cls.config_file)
        return init_settings, env_settings, toml


class GivenSettings(Settings):
    """Settings of which nothing comes from the environment or a file: what is not given has its default."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is given."""
        return (init_settings,)


def load_settings(config: Path | None = None, **overrides: Any) -> Settings:
    """Read the settings of this installation.

    `overrides` are options given on the command line; those that are None are left out.

    Raises SettingsError when the file is missing, is not TOML, or a setting is unknown or out of bounds.
    """
    named = config or (Path(os.environ["VERIFIER_CONFIG"]) if os.environ.get("VERIFIER_CONFIG") else None)
    path = named or Path("verifier.toml")
    if named and not named.is_file():
        raise SettingsError(f"{named}: no such settings file; check --config or VERIFIER_CONFIG")

    refuse_unknown_variables(Settings)

    class Loaded(Settings):
        config_file: ClassVar[Path | None] = path if path.is_file() else None

    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        loaded = Loaded(**given)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg'].lower()}" for e in error.errors())
        raise SettingsError(f"{path}, the environment or an option has a wrong setting: {problems}") from None
    except (ValueError, OSError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from None
    return loaded
