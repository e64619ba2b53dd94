"""Reading a response's body: capped on the wire and after decoding, whatever the server sends."""

import http.client
import zlib
from dataclasses import dataclass
from typing import Any

from urllib3.exceptions import HTTPError

from verifier.resolver.http.exchange import Truncation

_PIECE = 65536
_MOST_OF_IT = 0.8


@dataclass(frozen=True, slots=True)
class Body:
    """A body with transfer and content coding undone; `complete` tells whether the connection may be used again.

    `coding_kept`: a content coding is still on it, since we do not know it or it was damaged.
    `error` is what ended the reading early, if anything did. `nearly_whole`: the server closed in order when most of
    the stated length had come, so that rather the length was wrong.
    """

    data: bytes
    truncated: Truncation | None = None
    complete: bool = True
    coding_kept: bool = False
    error: Exception | None = None
    nearly_whole: bool = False


class _Inflate:
    """gzip (of several members), zlib, and raw deflate, which some servers call "deflate" too."""

    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._started = False

    def feed(self, data: bytes, room: int) -> bytes:
        pieces = []
        while data and room > 0:
            piece = self._decompress(data, room)
            pieces.append(piece)
            room -= len(piece)
            data = self._inflater.unconsumed_tail
            if self._inflater.eof:
                data = self._inflater.unused_data
                if not data.startswith(b"\x1f\x8b"):
                    break
                self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
        return b"".join(pieces)

    def _decompress(self, data: bytes, room: int) -> bytes:
        try:
            piece = self._inflater.decompress(data, room)
        except zlib.error:
            if self._started:
                raise
            self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            piece = self._inflater.decompress(data, room)
        self._started = True
        return piece


def read_body(response: Any, cap: int) -> Body:
    """Read an urllib3 HTTPResponse to its end, but at most `cap` bytes on the wire and `cap` decoded.

    Raises nothing: what ends the reading early is in the answer.
    """
    length = _stated_length(response)
    if length is not None and length > cap:
        return Body(b"", Truncation.LENGTH, complete=False)
    raw, ended = _read_wire(response, cap)
    coding = _coding(response)
    data, kept, whole = _decode(raw, coding, cap)
    if ended is not None:
        return Body(data, ended.truncated, complete=False, coding_kept=kept, error=ended.error)
    if not whole:
        return Body(data, Truncation.LENGTH, complete=True, coding_kept=kept)
    short = length is not None and len(raw) < length
    nearly = short and length is not None and len(raw) >= _MOST_OF_IT * length
    truncated = Truncation.DISCONNECT if short else None
    return Body(data, truncated, complete=not short, coding_kept=kept, nearly_whole=nearly)


@dataclass(frozen=True, slots=True)
class _Ended:
    truncated: Truncation
    error: Exception | None = None


def _read_wire(response: Any, cap: int) -> tuple[bytes, _Ended | None]:
    pieces: list[bytes] = []
    size = 0
    ended: _Ended | None = None
    try:
        for piece in response.stream(_PIECE, decode_content=False):
            pieces.append(piece)
            size += len(piece)
            if size > cap:
                ended = _Ended(Truncation.LENGTH)
                break
    except TimeoutError as error:
        ended = _Ended(Truncation.TIME, error)
    except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
        timed_out = isinstance(error.__cause__ or error.__context__, TimeoutError)
        ended = _Ended(Truncation.TIME if timed_out else Truncation.DISCONNECT, error)
    return b"".join(pieces)[:cap], ended


def _decode(raw: bytes, coding: str, cap: int) -> tuple[bytes, bool, bool]:
    """(the decoded bytes, whether a coding is still on them, whether all could be decoded within the cap)."""
    if coding in ("", "identity"):
        return raw, False, True
    if coding not in ("gzip", "x-gzip", "deflate"):
        return raw, True, True
    try:
        data = _Inflate().feed(raw, cap + 1)
    except zlib.error:
        return raw, True, True
    return data[:cap], False, len(data) <= cap


def _coding(response: Any) -> str:
    return str(response.headers.get("content-encoding", "")).strip().lower()


def _stated_length(response: Any) -> int | None:
    if "chunked" in str(response.headers.get("transfer-encoding", "")).lower():
        return None
    stated = str(response.headers.get("content-length", "")).strip()
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 19 else None
