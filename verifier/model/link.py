"""What the resolver learns of an address: the fetch, its judgement, the archived responses, the readable text.

Times are timezone-aware UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from verifier.model.described import DescribedWork


class LinkStatus(StrEnum):
    """The judgement of one fetch."""

    OK = "ok"
    MOVED = "moved"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    BLOCKED = "blocked"
    REFUSED = "refused"


class LinkReason(StrEnum):
    """Why a fetch was judged as it was."""

    SERVED = "served"
    TEMPORARY_REDIRECT = "temporary_redirect"
    PERMANENT_REDIRECT = "permanent_redirect"
    REPAIRED_ADDRESS = "repaired_address"
    LIBRARY_PROXY = "library_proxy"
    NOT_FOUND = "not_found"
    GONE = "gone"
    NO_SUCH_HOST = "no_such_host"
    SOFT_404 = "soft_404"
    REDIRECT_TO_HOME = "redirect_to_home"
    REDIRECT_TO_ERROR = "redirect_to_error"
    PARKED_DOMAIN = "parked_domain"
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    MALFORMED_ADDRESS = "malformed_address"
    CERTIFICATE_WRONG_NAME = "certificate_wrong_name"
    EMPTY_PAGE = "empty_page"
    DEFAULT_PAGE = "default_page"
    SUSPENDED = "suspended"
    HIJACKED = "hijacked"
    TIMEOUT = "timeout"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_RESET = "connection_reset"
    RESOLVER_FAILURE = "resolver_failure"
    NETWORK_UNREACHABLE = "network_unreachable"
    SERVER_ERROR = "server_error"
    RATE_LIMITED = "rate_limited"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_UNTRUSTED = "certificate_untrusted"
    TLS_FAILURE = "tls_failure"
    PROTOCOL_ERROR = "protocol_error"
    UNEXPECTED_STATUS = "unexpected_status"
    LOGIN_REQUIRED = "login_required"
    FORBIDDEN = "forbidden"
    PAYWALL = "paywall"
    BOT_WALL = "bot_wall"
    CONSENT_WALL = "consent_wall"
    LEGAL_REASONS = "legal_reasons"
    NEEDS_JAVASCRIPT = "needs_javascript"
    PRIVATE_ADDRESS = "private_address"
    UNSUPPORTED_SCHEME = "unsupported_scheme"
    TOO_LARGE = "too_large"
    CHECK_FAILED = "check_failed"


class Outcome(StrEnum):
    """How a fetch ended, before anybody judges it. `RESPONSE` means that a final response was read."""

    RESPONSE = "response"
    MALFORMED_ADDRESS = "malformed_address"
    UNSUPPORTED_SCHEME = "unsupported_scheme"
    PRIVATE_ADDRESS = "private_address"
    NO_SUCH_HOST = "no_such_host"
    RESOLVER_FAILURE = "resolver_failure"
    CONNECTION_REFUSED = "connection_refused"
    NETWORK_UNREACHABLE = "network_unreachable"
    CONNECTION_RESET = "connection_reset"
    TIMEOUT = "timeout"
    TLS_WRONG_NAME = "tls_wrong_name"
    TLS_EXPIRED = "tls_expired"
    TLS_UNTRUSTED = "tls_untrusted"
    TLS_FAILURE = "tls_failure"
    PROTOCOL_ERROR = "protocol_error"
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TOO_LARGE = "too_large"
    NOT_ASKED = "not_asked"
    CHECK_FAILED = "check_failed"

    @property
    def never_connected(self) -> bool:
        """Whether no connection was made: what the circuit breaker counts as a sign of our own network."""
        return self in (
            Outcome.NO_SUCH_HOST,
            Outcome.RESOLVER_FAILURE,
            Outcome.CONNECTION_REFUSED,
            Outcome.NETWORK_UNREACHABLE,
            Outcome.TIMEOUT,
        )


class Origin(StrEnum):
    """How we came by an address: it is printed in the document, or made from an identifier."""

    PRINTED = "printed"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class SourceAddress:
    """One address of a source; `fragments` are the parts of it that the citation points at, as printed after `#`."""

    url: str
    origin: Origin
    fragments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The work behind a citation, under one canonical key (`doi:`, `arxiv:` ..., else `url:`)."""

    key: str
    addresses: tuple[SourceAddress, ...]


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its response: headers as sent by the server, in order; `http_status` None when none came."""

    url: str
    http_status: int | None
    headers: tuple[tuple[str, str], ...] = ()
    started_at: datetime | None = None
    elapsed: float = 0.0

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


TEXT_NOT_READ = "text not read: "
"""How a fetch's `detail` begins where its text could not be read; the reason follows."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One attempt to read an address: every hop, how it ended, and the final response's decoded body.

    `media_type` is lower case without parameters; `charset` what the header states, if it does;
    `detail` is a line for people (the library's own words of an error). `undecoded` says that a content coding is
    still on the body: it is evidence, and nothing can be read in it.
    """

    address: str
    outcome: Outcome
    hops: tuple[Hop, ...] = ()
    body: bytes = b""
    media_type: str = ""
    charset: str | None = None
    fetched_at: datetime | None = None
    truncated: bool = False
    detail: str = ""
    undecoded: bool = False

    @property
    def final(self) -> Hop | None:
        """The last hop that was tried."""
        return self.hops[-1] if self.hops else None


REPLAYED_AS_KEPT = "answered with a 304; archived so that the kept page replays whole"
"""The `detail` of such a fetch. Older versions archived a 304 so that it replays blank, and said nothing."""


class Witness(StrEnum):
    """What besides a page's content shows that it is not what was cited."""

    HOST_ANSWER = "host_answer"
    EARLIER_CAPTURE = "earlier_capture"
    CANONICAL_LINK = "canonical_link"
    ARCHIVED_COPY = "archived_copy"


BY_CONTENT = frozenset(
    {LinkReason.SOFT_404, LinkReason.HIJACKED, LinkReason.PARKED_DOMAIN, LinkReason.SUSPENDED, LinkReason.EMPTY_PAGE}
    | {LinkReason.DEFAULT_PAGE, LinkReason.REDIRECT_TO_HOME, LinkReason.REDIRECT_TO_ERROR}
)
"""Reasons that rest on what a page shows or where it lies: no code or name says so, and none is enough by itself."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The link status of a fetch with its reason; `final_url` is where the content was (or was sought) last.

    `missing_fragments` are the parts of the page that were asked about and are not there: to be noted, no fault of
    the link. `witness` is the second, independent sign of a link that is broken by its content.
    """

    status: LinkStatus
    reason: LinkReason
    http_status: int | None
    final_url: str | None
    missing_fragments: tuple[str, ...] = ()
    witness: Witness | None = None


@dataclass(frozen=True, slots=True, order=True)
class SnapshotRef:
    """Where a record is in the archive: a WARC file, relative to the archive's folder, and an offset in bytes.

    Written `warc-file:offset`, in reports and in addresses at the desk.
    """

    warc_file: str
    offset: int

    def __str__(self) -> str:
        return f"{self.warc_file}:{self.offset}"

    @classmethod
    def parse(cls, written: str) -> "SnapshotRef":
        """The place that is written so. Raises ValueError when it is none."""
        warc_file, colon, offset = written.rpartition(":")
        if not (warc_file and colon and offset.isascii() and offset.isdigit()):
            raise ValueError(f"{written!r} is no place in the archive (FILE:OFFSET)")
        return cls(warc_file, int(offset))


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """A snapshot: where the response of one hop is in the archive (hops count from 0).

    `payload_sha256` is the hex digest of the payload as archived (content coding undone);
    `warc_file` is relative to the archive's folder, `offset` in bytes.
    """

    hop: int
    url: str
    warc_file: str
    offset: int
    payload_sha256: str

    @property
    def ref(self) -> SnapshotRef:
        """Where it is, alone."""
        return SnapshotRef(self.warc_file, self.offset)


@dataclass(frozen=True, slots=True)
class SourceText:
    """The readable text of a payload.

    Pages of a PDF are separated by form feeds; a table row is a line, its cells separated by ` | `, the heads
    first. `work` is what a page or PDF says of the work that it shows. `dated` is the date that the source states of
    itself (Last-Modified, a PDF's ModDate, the page's own), None where it states none.
    """

    payload_sha256: str
    media_type: str
    extractor_version: str
    text: str
    title: str | None = None
    language: str | None = None
    dated: date | None = None
    work: DescribedWork | None = None


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """All that one check of an address brought: what the store records in one transaction.

    `text` is there only for content that may be compared (status ok or moved); `text_failure` says why it is not there
    where reading it failed.
    """

    address: str
    host: str
    fetch: Fetch
    judgement: Judgement
    snapshots: tuple[ArchivedResponse, ...] = ()
    text: SourceText | None = None
    text_failure: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedCopy:
    """A copy of an address that a public web archive keeps: where it is for good, and when it was made."""

    url: str
    captured_at: datetime


SUPPLIED = "supplied by "
"""How the detail of a check begins that is no fetch: the name of a person who handed the source in follows."""


def supplied_by(detail: str) -> str | None:
    """Who handed in what a check brought; None for what was fetched."""
    return detail.removeprefix(SUPPLIED) if detail.startswith(SUPPLIED) else None


@dataclass(frozen=True, slots=True)
class PriorFetches:
    """What is known and kept of an address from before: its next fetch may be conditional and keeps no body twice.

    `status` is the latest judgement. `snapshots` are those of its last few fetches, newest first. `served` is the
    final hop of the newest fetch that was answered in full, and `not_modified` how many 304 have come since. `text` is
    the newest readable text, with the media type and extractor version it was read by.
    """

    status: LinkStatus
    snapshots: tuple[ArchivedResponse, ...] = ()
    served: Hop | None = None
    not_modified: int = 0
    text: SourceText | None = None


@dataclass(frozen=True, slots=True)
class PastCheck:
    """One earlier judgement of an address, as the three-checks rule needs it.

    `unread` says why its text was not read, where that failed; `supplied` that a person handed in what is there.
    """

    checked_at: datetime
    status: LinkStatus
    reason: LinkReason
    witness: Witness | None = None
    unread: str = ""
    supplied: bool = False


@dataclass(frozen=True, slots=True)
class HostBatch:
    """The unit of network work: due addresses of one host, taken in order by one worker."""

    MOST: ClassVar[int] = 50

    host: str
    addresses: tuple[str, ...]
