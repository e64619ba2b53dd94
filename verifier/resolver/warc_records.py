"""Exchanges as WARC 1.1 records (ISO 28500:2017), each a gzip member of its own."""

import base64
import contextlib
import hashlib
import io
import uuid
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from verifier.resolver.exchange import Exchange

_LEVEL = 6  # zlib's own balance; warcio's 9 costs three times the time for two percent

# These no longer describe the stored bytes (the codings are undone; an unknown or damaged content coding would make
# every reader of the archive fail), so they are kept under another name, as web archives do.
_UNDONE = frozenset({"transfer-encoding", "content-encoding", "content-length"})
_RENAMED = "X-Archive-Orig-"


def exchange_records(exchange: Exchange) -> tuple[bytes, bytes, str]:
    """(response record, request record, hex SHA-256 of the payload), the records compressed."""
    response_id, request_id = _record_id(), _record_id()
    digest = hashlib.sha256(exchange.body)
    common = {
        "WARC-Target-URI": exchange.url,
        "WARC-Date": _warc_date(exchange.sent_at),
        "WARC-IP-Address": exchange.ip,
    }
    response = {
        **common,
        "WARC-Record-ID": response_id,
        "WARC-Payload-Digest": _labelled(digest.digest()),
    }
    if exchange.truncated is not None:
        response["WARC-Truncated"] = exchange.truncated.value
    protocol, _, status = exchange.status_line.encode("ascii", "replace").decode("ascii").partition(" ")
    stored = _record("response", response, StatusAndHeaders(status, _stored_headers(exchange), protocol), exchange.body)
    method, _, rest = exchange.request_line.partition(" ")
    asked = _record(
        "request",
        {**common, "WARC-Record-ID": request_id, "WARC-Concurrent-To": response_id},
        StatusAndHeaders(rest, list(exchange.request_headers), method),
        b"",
    )
    return stored, asked, digest.hexdigest()


def info_record(filename: str, software: str) -> bytes:
    """The `warcinfo` record that opens a file."""
    fields = f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode()
    headers = {
        "WARC-Record-ID": _record_id(),
        "WARC-Date": _warc_date(datetime.now(UTC)),
        "WARC-Filename": filename,
    }
    return _record("warcinfo", headers, None, fields)


def _record(kind: str, headers: Mapping[str, str], http: StatusAndHeaders | None, payload: bytes) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    if http is not None:
        http.compute_headers_buffer()
    block = hashlib.sha256(http.headers_buff if http is not None else b"")
    block.update(payload)
    record = writer.create_warc_record(
        headers.get("WARC-Target-URI", ""),
        kind,
        payload=io.BytesIO(payload),
        length=len(payload),
        http_headers=http,
        warc_headers_dict={**_without_payload_digest(kind), **headers, "WARC-Block-Digest": _labelled(block.digest())},
    )
    writer.write_record(record)
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return compressor.compress(out.getvalue()) + compressor.flush()


def _without_payload_digest(kind: str) -> dict[str, str]:
    """warcio adds a SHA-1 where no payload digest is given; a request has an empty payload."""
    return {"WARC-Payload-Digest": _labelled(hashlib.sha256(b"").digest())} if kind == "request" else {}


def _stored_headers(exchange: Exchange) -> list[tuple[str, str]]:
    stored = []
    for name, value in exchange.headers:
        stored.append((_RENAMED + name if name.lower() in _UNDONE else name, _one_line(value)))
    return [*stored, ("Content-Length", str(len(exchange.body)))]


def _one_line(value: str) -> str:
    """A header value as warcio writes it, in UTF-8: what came as raw UTF-8 is decoded first, folds become blanks."""
    with contextlib.suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    return value.replace("\r", " ").replace("\n", " ")


def _labelled(digest: bytes) -> str:
    return "sha256:" + base64.b32encode(digest).decode("ascii")


def _record_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _warc_date(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
