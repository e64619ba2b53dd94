"""One check kept under its shard's token, in one statement and so in one transaction and one journey to the server.

What is written is what `db.fetches.write_check` writes; only PostgreSQL stores are shared, so the statement is in its
own words. Each part takes its rows from the shard's row, which the first part has written and holds: where the token is
void there is no such row, and nothing is written.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from db.fetches import address_values, fetch_values, snapshot_values, text_key, text_values
from db.tables.base import storable
from verifier.errors import StoreDataError
from verifier.model import LinkCheck, ShardToken, SourceText


@dataclass(frozen=True, slots=True)
class KeptHost:
    """What a check says of our own network: whether its host answered, or could not even be looked up."""

    answered: bool
    unresolved: bool
    tells: bool


_LONG_TEXT = 8192
"""Characters of a text from which on it is asked whether the store has it already before it is sent."""

# Every value goes as text with its type beside it, so that one prepared statement fits them all: the driver chooses
# another type for a number of another size.
_KEEP = """
WITH held AS (
    UPDATE run_shard SET fetched = fetched + 1, throttled = throttled + %(throttled)s::integer,
        kept_bytes = kept_bytes + %(kept_bytes)s::bigint, progress_at = %(now)s::timestamptz, barren = 0
    WHERE run_id = %(run)s::bigint AND shard = %(shard)s::integer AND epoch = %(epoch)s::integer AND is_open
    RETURNING run_id
), of_address AS (
    INSERT INTO address (url, host, due_at, shard)
    SELECT %(url)s::text, %(host)s::text, %(due_at)s::timestamptz, %(shard)s::integer FROM held
    ON CONFLICT (url) DO UPDATE SET due_at = excluded.due_at
    RETURNING id
), known_text AS (
    SELECT id FROM text WHERE payload_sha256 = %(payload_sha256)s::text AND media_type = %(text_media_type)s::text
        AND extractor_version = %(extractor_version)s::text
), new_text AS (
    INSERT INTO text AS text (payload_sha256, media_type, extractor_version, text, sha256, length, title, language,
        dated, work)
    SELECT %(payload_sha256)s::text, %(text_media_type)s::text, %(extractor_version)s::text, %(text)s::text,
        %(sha256)s::text, %(length)s::integer, %(title)s::text, %(language)s::text, %(dated)s::date, %(work)s::json
    FROM held WHERE %(text)s::text IS NOT NULL AND NOT EXISTS (SELECT FROM known_text)
    ON CONFLICT (payload_sha256, media_type, extractor_version) DO UPDATE SET length = text.length
    RETURNING id
), of_fetch AS (
    INSERT INTO "fetch" (address_id, run_id, attempt, outcome, status, reason, http_status, final_url, fetched_at,
        media_type, truncated, detail, hops, text_id, missing_fragments, witness)
    SELECT of_address.id, held.run_id, (
            SELECT coalesce(max(sooner.attempt), 0) + 1 FROM "fetch" AS sooner
            WHERE sooner.address_id = of_address.id AND sooner.run_id = held.run_id
        ), %(outcome)s::text, %(status)s::text, %(reason)s::text, %(http_status)s::integer, %(final_url)s::text,
        %(fetched_at)s::timestamptz, %(media_type)s::text, %(truncated)s::boolean, %(detail)s::text, %(hops)s::json,
        coalesce((SELECT id FROM known_text), (SELECT id FROM new_text)), %(missing_fragments)s::json,
        %(witness)s::text
    FROM held, of_address
    RETURNING id
), of_snapshots AS (
    INSERT INTO snapshot (fetch_id, hop, url, warc_file, "offset", payload_sha256)
    SELECT of_fetch.id, one.hop, one.url, one.warc_file, one."offset", one.payload_sha256
    FROM of_fetch, json_to_recordset(%(snapshots)s::json)
        AS one (hop integer, url text, warc_file text, "offset" bigint, payload_sha256 text)
), of_host AS (
    INSERT INTO run_host AS seen (run_id, host, answered, unresolved, tells)
    SELECT held.run_id, %(host)s::text, %(answered)s::boolean, %(unresolved)s::boolean, %(tells)s::boolean
    FROM held WHERE %(answered)s::boolean IS NOT NULL
    ON CONFLICT (run_id, host) DO UPDATE SET answered = seen.answered OR excluded.answered,
        unresolved = seen.unresolved OR excluded.unresolved, tells = seen.tells OR excluded.tells
)
SELECT count(*) FROM of_fetch
"""
# A text that another worker put in a moment ago is in no snapshot of this statement: the no-op update gives its number.

_KNOWN = """
SELECT 1 FROM text WHERE payload_sha256 = %(payload_sha256)s AND media_type = %(text_media_type)s
    AND extractor_version = %(extractor_version)s
"""
_NO_TEXT = dict.fromkeys(
    ("payload_sha256", "text_media_type", "extractor_version", "text", "sha256", "length", "title", "language")
)
_NO_TEXT |= {"dated": None, "work": None}
_NO_HOST = {"answered": None, "unresolved": None, "tells": None}


def keep_fenced(
    connection: Connection,
    token: ShardToken,
    check: LinkCheck,
    due_at: datetime | None,
    now: datetime,
    host: KeptHost | None,
    kept_bytes: int,
) -> bool:
    """Keep a check; False where the token is void: nothing is kept then.

    Raises what the driver raises, and StoreDataError for a time without a zone.
    """
    values: dict[str, Any] = {
        "run": token.run_id,
        "epoch": token.epoch,
        "throttled": int(check.judgement.http_status == 429),
        "kept_bytes": kept_bytes,
        "now": now,
        **address_values(check, due_at),
        **fetch_values(check, now),
        "snapshots": snapshot_values(check),
        **_text(connection, check.text),
        **(_NO_HOST if host is None else _host(host)),
    }
    values["shard"] = token.shard
    return bool(connection.exec_driver_sql(_KEEP, _as_text(values)).scalar())


def _text(connection: Connection, text: SourceText | None) -> Mapping[str, Any]:
    """The values of a text; without its words where they are long and the store has them."""
    if text is None:
        return _NO_TEXT
    key = text_key(text)
    named = {**key, "text_media_type": key["media_type"]}
    del named["media_type"]
    if len(text.text) > _LONG_TEXT and connection.exec_driver_sql(_KNOWN, _as_text(named)).scalar():
        return {**_NO_TEXT, **named}
    return {**named, **text_values(text)}


def _host(host: KeptHost) -> dict[str, bool]:
    return {"answered": host.answered, "unresolved": host.unresolved, "tells": host.tells}


def _as_text(values: Mapping[str, Any]) -> dict[str, str | None]:
    return {name: _literal(value) for name, value in values.items()}


def _literal(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return storable(str(value))
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise StoreDataError(f"{value!r} has no time zone")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (list, dict)):
        return json.dumps(value)
    return str(value)  # numbers, truth values and days as PostgreSQL reads them, too
