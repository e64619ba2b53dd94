"""Stores for tests: SQLite always, PostgreSQL where `VERIFIER_TEST_POSTGRESQL` names an empty database."""

import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import create_engine, text

from db.records import CitedSource, StoredDocument
from db.store import Store
from db.tables import Base
from verifier.model import (
    Anchor,
    ArchivedResponse,
    BodyLink,
    Citation,
    Document,
    Extraction,
    Fetch,
    Finding,
    FindingCode,
    FindingKind,
    Footnote,
    Hop,
    Judgement,
    LinkCheck,
    LinkReason,
    LinkStatus,
    NoteKind,
    Origin,
    Outcome,
    Severity,
    Source,
    SourceAddress,
    SourceText,
)

T0 = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PARSER = "parser 1"
POSTGRESQL = os.environ.get("VERIFIER_TEST_POSTGRESQL", "")


def day(number: float) -> datetime:
    """A time so many days after the first."""
    return T0 + timedelta(days=number)


@pytest.fixture(scope="session")
def empty_sqlite_store(tmp_path_factory) -> Path:
    """A SQLite store at head with nothing in it, for copying."""
    file = tmp_path_factory.mktemp("store") / "empty.db"
    Store.open(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def empty_postgresql_store() -> Iterator[str]:
    """The address of a store at head in a schema of its own, which every test leaves empty."""
    if not POSTGRESQL:
        pytest.skip("VERIFIER_TEST_POSTGRESQL names no database, so the store is tested on SQLite only")
    with _postgresql_schema() as url:
        Store.open(url).close()
        yield url


BOTH = ["sqlite", *([pytest.param("postgresql", marks=pytest.mark.postgresql)] if POSTGRESQL else [])]
"""The back ends to test on; tests/unit/db/test_schema.py says once when PostgreSQL is left out."""


@pytest.fixture(params=BOTH)
def fresh_url(request, tmp_path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'verifier.db'}"
        return
    with _postgresql_schema() as url:
        yield url


@pytest.fixture
def fresh_postgresql() -> Iterator[str]:
    """The address of a PostgreSQL database without any table."""
    if not POSTGRESQL:
        pytest.skip("VERIFIER_TEST_POSTGRESQL names no database")
    with _postgresql_schema() as url:
        yield url


@pytest.fixture(params=BOTH)
def store_url(request, tmp_path, empty_sqlite_store) -> Iterator[str]:
    """The address of an empty store."""
    if request.param == "sqlite":
        shutil.copy(empty_sqlite_store, tmp_path / "verifier.db")
        yield f"sqlite:///{tmp_path / 'verifier.db'}"
        return
    url = request.getfixturevalue("empty_postgresql_store")
    yield url
    engine = create_engine(url)
    with engine.begin() as connection:
        tables = ", ".join(f'"{name}"' for name in Base.metadata.tables)
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
    engine.dispose()


@contextmanager
def _postgresql_schema() -> Iterator[str]:
    schema = f"test_{uuid.uuid4().hex}"
    engine = create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{POSTGRESQL}{'&' if urlsplit(POSTGRESQL).query else '?'}options=-csearch_path%3D{schema}"
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def store(store_url) -> Iterator[Store]:
    """An empty store, open."""
    with Store.open(store_url) as opened:
        yield opened


def note(number: int, urls: Sequence[str], sentence: str = "It is so.", page: int = 1) -> Footnote:
    """A footnote whose one citation prints these addresses."""
    return Footnote(
        id=f"fn-{number}",
        label=str(number),
        kind=NoteKind.FOOTNOTE,
        page=page,
        text=f"See {' '.join(urls)}",
        urls=tuple(urls),
        anchors=(Anchor(page, sentence, len(sentence)),),
        citations=(Citation(f"See {' '.join(urls)}", urls=tuple(urls)),),
    )


def extraction(sha: str, *notes: Footnote, parser: str = PARSER, body: Sequence[BodyLink] = ()) -> Extraction:
    """A reading of an edition."""
    return Extraction(Document("", sha, 3, "A title", T0), parser, notes, tuple(body))


def source(*urls: str, guessed: Sequence[str] = (), key: str = "") -> Source:
    """A source with printed and guessed addresses."""
    printed = [SourceAddress(url, Origin.PRINTED) for url in urls]
    return Source(
        key or f"url:{(*urls, *guessed)[0]}", (*printed, *(SourceAddress(url, Origin.GUESSED) for url in guessed))
    )


def cited(footnote: int | None, what: Source, citation: int | None = 0, body_link: int | None = None) -> CitedSource:
    """A source where it is cited; the host of an address is what the address says."""
    hosts = {address.url: urlsplit(address.url).hostname or "" for address in what.addresses}
    return CitedSource(footnote, citation, body_link, what, hosts)


def publish(store: Store, path: str, sha: str, *notes: Footnote, now: datetime = T0) -> StoredDocument:
    """A document whose footnotes cite what they print, stored as the pipeline would."""
    document = store.documents.record_edition("papers", path, sha, now)
    sources = [cited(i, source(*entry.urls)) for i, entry in enumerate(notes) if entry.urls]
    store.documents.save_extraction(extraction(sha, *notes), sources, now)
    return document


def checked(
    url: str,
    status: LinkStatus = LinkStatus.OK,
    reason: LinkReason = LinkReason.SERVED,
    at: datetime = T0,
    body: str | None = None,
    outcome: Outcome = Outcome.RESPONSE,
) -> LinkCheck:
    """One check of an address; `body` is the text it brought."""
    digest = f"sha-of-{body}"
    return LinkCheck(
        address=url,
        host=urlsplit(url).hostname or "",
        fetch=Fetch(url, outcome, (Hop(url, 200, (("Server", "test"),), at, 0.25),), fetched_at=at),
        judgement=Judgement(status, reason, 200, url),
        snapshots=(ArchivedResponse(0, url, "a.warc.gz", 1234, digest),),
        text=None if body is None else SourceText(digest, "text/html", "extractor 1", body, "Title", "en", T0.date()),
    )


def link_finding(url: str, code: FindingCode = FindingCode.LINK_UNCONFIRMED) -> Finding:
    """A finding about an address."""
    accuses = code is FindingCode.LINK_BROKEN
    return Finding(
        fingerprint=f"link {url}",
        code=code,
        kind=FindingKind.ACCUSATION if accuses else FindingKind.TO_DO,
        severity=Severity.HIGH if accuses else Severity.LOW,
        message=f"{code}: {url}",
        url=url,
    )


def figure_finding(
    fingerprint: str,
    code: FindingCode = FindingCode.FIGURE_DISAGREES,
    page: int = 1,
    severity: Severity = Severity.HIGH,
) -> Finding:
    """A finding about a figure of a footnote."""
    return Finding(
        fingerprint=fingerprint,
        code=code,
        kind=FindingKind.ACCUSATION if code is FindingCode.FIGURE_DISAGREES else FindingKind.TO_DO,
        severity=severity,
        message="5 here, 6 there",
        footnote_id="fn-1",
        footnote_label="1",
        page=page,
        sentence="It is 5.",
    )
