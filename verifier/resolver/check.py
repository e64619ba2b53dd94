"""One check of an address: fetch, probe where there is suspicion, judge, archive; and its readable text."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from verifier.characters import printable
from verifier.errors import DocumentError, is_of_one_unit
from verifier.model import (
    BY_CONTENT,
    REPLAYED_AS_KEPT,
    SUPPLIED,
    TEXT_NOT_READ,
    ArchivedResponse,
    Fetch,
    Hop,
    Judgement,
    LinkCheck,
    LinkReason,
    LinkStatus,
    Outcome,
    PriorFetches,
    SourceText,
    Witness,
)
from verifier.resolver.archive.deduplication import kept_page, kept_text, known_text, unchanged_exchanges
from verifier.resolver.archive.store import ArchivedPage, ArchiveStore, KeptHead, Sameness, Unchanged
from verifier.resolver.archive.warc_records import Supplied
from verifier.resolver.http.conditional import Conditions, conditions_of, confirmed, is_not_modified
from verifier.resolver.http.exchange import Fetched
from verifier.resolver.http.media import charset_of, media_type_of
from verifier.resolver.judge.fragments import missing_in_pdf, page_asked_for
from verifier.resolver.judge.judgement import is_shown_at, judge_seen, rests_on_similarity, suspicious
from verifier.resolver.judge.other_content import is_other_content
from verifier.resolver.judge.page import Page, page_of
from verifier.resolver.judge.probe import control_url, distant_control_url, home_url
from verifier.resolver.judge.seen import see
from verifier.resolver.judge.url_repair import check_with_url_repair
from verifier.resolver.page_styles import with_style_sheets
from verifier.resolver.session import AddressSession, WebSession
from verifier.resolver.sources.urls import address_of, host_of
from verifier.resolver.text.document_text import DOCUMENT_TYPES, ReadOnce, ReadPayload, read_payload
from verifier.resolver.text.extract import readable_text

_LIVE = (LinkStatus.OK, LinkStatus.MOVED)
_LONGEST_REASON = 500  # characters


def check_address(
    address: str,
    session: WebSession,
    prior: PriorFetches | None = None,
    read: ReadPayload = read_payload,
    fragments: Sequence[str] = (),
) -> LinkCheck:
    """Fetch and judge an address, archive what was answered (where the session has an archive), and read its text.

    With what is known from `prior`, the request is conditional where it may be, and no body is kept twice. `read`
    reads bodies; where it cannot, the check has no text or is `check_failed`, and its fetch's `detail` says why. Of
    `fragments` the judgement names those that the page does not have. All requests and readings together take no
    longer than the session's deadline for an address, and READING_GRACE.

    Raises ArchiveError when the archive cannot be written, and LimitReached as the session does.
    """
    asked = session.for_address()
    read = read.within(asked.budget)
    check = check_with_url_repair(address_of(address), lambda wanted: _check(wanted, asked, prior, read))
    return with_style_sheets(_with_fragments(check, fragments, read), asked, prior)


def isolated(address: str, check: Callable[[], LinkCheck]) -> LinkCheck:
    """What `check` brings; where it fails on this address, that it failed, so that all others are checked.

    Raises VerifierError as `check` does: an archive or store that fails does so for every address.
    """
    try:
        return check()
    except Exception as error:
        if not is_of_one_unit(error):
            raise
        return failed_check(address, error)


def failed_check(address: str, error: BaseException) -> LinkCheck:
    """The check of an address that we could not check, with the reason in its fetch's `detail`."""
    reason = printable(f"{type(error).__name__}: {error}")[:_LONGEST_REASON]
    try:
        host = host_of(address)
    except Exception:  # noqa: BLE001 - what failed may have been the address itself; the reason is reported already
        host = ""
    fetch = Fetch(address, Outcome.CHECK_FAILED, fetched_at=datetime.now(UTC), detail=reason)
    return LinkCheck(address, host, fetch, _failed(fetch))


def not_asked(address: str, reason: str) -> LinkCheck:
    """The answer for an address that was not asked, since its host asks to be left alone for now."""
    fetch = Fetch(address, Outcome.NOT_ASKED, fetched_at=datetime.now(UTC), detail=reason)
    return LinkCheck(address, host_of(address), fetch, judge_seen(see(fetch), None))


def supplied_check(supplied: Supplied, judgement: Judgement, kept: ArchivedResponse, text: SourceText) -> LinkCheck:
    """The check that stands for a source that a person handed in; the link's judgement stays what it was."""
    fetch = Fetch(
        supplied.url,
        Outcome.RESPONSE,
        media_type=supplied.media_type,
        fetched_at=supplied.at,
        detail=SUPPLIED + supplied.by,
    )
    return LinkCheck(supplied.url, host_of(supplied.url), fetch, judgement, snapshots=(kept,), text=text)


def answered_check(fetch: Fetch, judgement: Judgement, snapshots: Sequence[ArchivedResponse]) -> LinkCheck:
    """The check of an answer that was fetched, judged and archived elsewhere: a registry's."""
    return LinkCheck(fetch.address, host_of(fetch.address), fetch, judgement, tuple(snapshots))


def _failed(fetch: Fetch) -> Judgement:
    final = fetch.final
    status, url = (final.http_status, final.url) if final is not None else (None, None)
    return Judgement(LinkStatus.REFUSED, LinkReason.CHECK_FAILED, status, url)


def _check(wanted: str, session: AddressSession, prior: PriorFetches | None, read: ReadPayload) -> LinkCheck:
    archive = session.archive
    if archive is None or prior is None:
        fetched = session.fetch(wanted)
        once = _once(fetched.fetch, read)
        judged = _judged(fetched.fetch, session, once)
        return read_text(replace(judged, snapshots=archive.write(fetched) if archive is not None else ()), once)
    conditions = conditions_of(prior)
    fetched = session.fetch(wanted, conditions)
    if conditions is not None and is_not_modified(fetched.fetch, conditions):
        check = _confirmed(fetched, conditions, session, archive, prior, read)
        if check is not None:
            return check
        archive.write(fetched)
        fetched = session.fetch(wanted)
    return _checked_again(fetched, session, archive, prior, read)


def judge_address(
    address: str,
    session: WebSession,
    read: ReadPayload = read_payload,
    fragments: Sequence[str] = (),
) -> LinkCheck:
    """As `check_address`, but without the text, which takes several times longer to read than all the rest.

    The probe's exchanges are not archived: they are no evidence of what is cited.

    Raises ArchiveError when the archive cannot be written, and LimitReached as the session does.
    """
    asked = session.for_address()
    read = read.within(asked.budget)
    check = check_with_url_repair(address_of(address), lambda wanted: _judge_address(wanted, asked, read))
    return _with_fragments(check, fragments, read)


def _with_fragments(check: LinkCheck, fragments: Sequence[str], read: ReadPayload) -> LinkCheck:
    """The check with a note of the fragments that what was served does not have."""
    fetch = check.fetch
    if not fragments or check.judgement.status not in _LIVE or not fetch.body or fetch.truncated:
        return check
    missing: tuple[str, ...] = ()
    if "html" in fetch.media_type:
        try:
            missing = read.missing_parts(fetch.body, fetch.charset, fragments)
        except DocumentError as error:
            return replace(check, text_failure=check.text_failure or str(error))
    elif fetch.media_type == "application/pdf" and any(page_asked_for(fragment) for fragment in fragments):
        text = check.text or read_text(check, read).text
        missing = missing_in_pdf(text.text.count("\f") + 1 if text is not None else 0, fragments)
    return replace(check, judgement=replace(check.judgement, missing_fragments=missing))


def _once(fetch: Fetch, read: ReadPayload) -> ReadPayload:
    """A reader that reads a served page and its text in one go; of others, the text is hardly wanted."""
    served = fetch.final is not None and fetch.final.http_status == 200
    return ReadOnce(read, fetch.body) if served else read


def _judge_address(wanted: str, session: AddressSession, read: ReadPayload) -> LinkCheck:
    fetched = session.fetch(wanted)
    check = _judged(fetched.fetch, session, read)
    return replace(check, snapshots=session.archive.write(fetched) if session.archive is not None else ())


def read_text(check: LinkCheck, read: ReadPayload = read_payload) -> LinkCheck:
    """The check with the readable text of what was served; as it is where nothing may be compared.

    Where `read` cannot read it, the fetch's `detail` says why.
    """
    fetch = check.fetch
    if check.judgement.status not in _LIVE or not fetch.body or fetch.final is None:
        return check
    try:
        text = readable_text(fetch.body, fetch.media_type, fetch.charset, fetch.final.url, fetch.final.headers, read)
    except DocumentError as error:
        return _unread(check, str(error))
    if text is None and _has_words(fetch.media_type):
        return _unread(check, "nothing can be read in it: it is empty, damaged, needs a password or is a scan")
    return replace(check, text=text)


def _has_words(media_type: str) -> bool:
    """Whether what is of this type is there to be read: a picture, a sound or a program is not."""
    written = media_type.endswith(("html", "/xml", "+xml", "json")) and not media_type.startswith("image/")
    return written or media_type in DOCUMENT_TYPES or media_type.startswith("text/")


def _unread(check: LinkCheck, reason: str) -> LinkCheck:
    return replace(check, fetch=replace(check.fetch, detail=TEXT_NOT_READ + reason), text_failure=reason)


def archived_as_page(archived: ArchivedPage, read: ReadPayload = read_payload) -> Page | None:
    """An archived response as the judge sees a page; None where it has none. Raises DocumentError as `read` does."""
    hop = Hop(archived.url, archived.http_status, archived.headers)
    media_type = media_type_of(hop, archived.payload)
    fetch = Fetch(archived.url, Outcome.RESPONSE, (hop,), archived.payload, media_type, charset_of(hop))
    return page_of(fetch, read)


def without_body(check: LinkCheck) -> LinkCheck:
    """The check with its body dropped, so that bodies do not pile up behind whoever collects checks."""
    return replace(check, fetch=replace(check.fetch, body=b""))


def _judged(fetch: Fetch, session: AddressSession, read: ReadPayload) -> LinkCheck:
    """The check of a fetch; one whose content cannot be read is no live link and no dead one, but a failed check."""
    try:
        judgement, failure = _judge(fetch, session, read), ""
    except DocumentError as error:
        judgement, failure = _failed(fetch), f"page not read: {error}"
    if fetch.undecoded and judgement.status in _LIVE:
        judgement, failure = _failed(fetch), "the content coding of what was served could not be undone"
    if failure:
        fetch = replace(fetch, detail=failure[:_LONGEST_REASON])
    return LinkCheck(fetch.address, host_of(fetch.address), fetch, judgement)


def _judge(fetch: Fetch, session: AddressSession, read: ReadPayload) -> Judgement:
    """The judgement of a fetch; where there is suspicion, the control URL is asked for first.

    A page that is called broken only since the control URL got it too is given a second chance with the distant one,
    and a third with the home page: a site that has one page for everything says nothing by showing it.
    """
    seen = see(fetch, read)
    control = control_url(fetch.address) if suspicious(seen) else None
    if control is None:
        return judge_seen(seen, None)
    alone, judgement = judge_seen(seen, None), judge_seen(seen, see(session.probe(control).fetch, read))
    if judgement.reason is alone.reason:
        return judgement
    distant = distant_control_url(fetch.address) if judgement.status is LinkStatus.BROKEN else None
    if distant is not None and seen.suspicion.points <= 0:
        judgement = judge_seen(seen, see(session.probe(distant).fetch, read))
    if not rests_on_similarity(seen, judgement) or judgement.reason is alone.reason:
        return judgement
    home = home_url(fetch.address)
    return alone if home is not None and is_shown_at(seen, see(session.probe(home).fetch, read)) else judgement


def _checked_again(
    fetched: Fetched, session: AddressSession, archive: ArchiveStore, prior: PriorFetches, read: ReadPayload
) -> LinkCheck:
    read = _once(fetched.fetch, read)
    check = read_text(_with_prior(_judged(fetched.fetch, session, read), prior, read), read)
    unchanged = unchanged_exchanges(fetched, check.text, prior, archive, read)
    snapshots = archive.write(fetched, unchanged)
    same = unchanged.get(len(fetched.exchanges) - 1)
    if check.text is not None and same is not None:  # the text's positions lead into the bytes that are kept
        check = replace(check, text=replace(check.text, payload_sha256=same.kept.payload_sha256))
    return replace(check, snapshots=snapshots)


def _with_prior(check: LinkCheck, prior: PriorFetches, read: ReadPayload) -> LinkCheck:
    """The check with the witness of an earlier capture: what was read here before was another content."""
    judgement = check.judgement
    if judgement.status is not LinkStatus.BROKEN or judgement.reason not in BY_CONTENT or judgement.witness:
        return check
    if prior.text is None:
        return check
    try:
        page = page_of(check.fetch, read)
    except DocumentError:
        return check
    if not is_other_content(page, prior.text.text):
        return check
    return replace(check, judgement=replace(judgement, witness=Witness.EARLIER_CAPTURE))


def _confirmed(
    fetched: Fetched,
    conditions: Conditions,
    session: AddressSession,
    archive: ArchiveStore,
    prior: PriorFetches,
    read: ReadPayload,
) -> LinkCheck | None:
    """The check of a page that the server says has not changed: what is kept of it, judged as if just served.

    None where that cannot be read any more, or would not be called fine: then the page itself must be seen.
    """
    place = kept_text(conditions.url, prior)
    page = None if place is None else kept_page(place, archive)
    if place is None or page is None:
        return None
    check = _judged(confirmed(fetched.fetch, prior, page.payload), session, read)
    text = known_text(place, prior) or read_text(check, read).text
    if check.judgement.status not in _LIVE or text is None:
        return None
    unchanged = unchanged_exchanges(fetched, None, prior, archive, read)
    last = len(fetched.exchanges) - 1
    unchanged[last] = Unchanged(
        Sameness.NOT_MODIFIED,
        place,
        page.record_id,
        page.date,
        head=KeptHead(page.http_status or 200, page.headers),
    )
    return replace(
        check,
        fetch=replace(check.fetch, hops=fetched.fetch.hops, detail=REPLAYED_AS_KEPT),
        judgement=replace(check.judgement, http_status=fetched.fetch.hops[-1].http_status),
        snapshots=archive.write(fetched, unchanged),
        text=text,
    )
