"""One check of an address: fetch, probe where there is suspicion, judge, archive; and its readable text."""

from dataclasses import replace

from verifier.model import LinkCheck, LinkStatus
from verifier.resolver.addresses import address_of, host_of
from verifier.resolver.archive import ArchiveStore
from verifier.resolver.fetcher import Fetcher
from verifier.resolver.judgement import judge_seen, see, suspicious
from verifier.resolver.probe import impossible_sibling
from verifier.resolver.text import readable_text


def check_address(address: str, fetcher: Fetcher, archive: ArchiveStore | None) -> LinkCheck:
    """Fetch and judge an address, archive what was answered (nothing where `archive` is None), and read its text.

    Raises ArchiveError when the archive cannot be written.
    """
    return read_text(judge_address(address, fetcher, archive))


def judge_address(address: str, fetcher: Fetcher, archive: ArchiveStore | None) -> LinkCheck:
    """As `check_address`, but without the text, which takes several times longer to read than all the rest.

    The probe's exchanges are not archived: they are no evidence of what is cited.

    Raises ArchiveError when the archive cannot be written.
    """
    wanted = address_of(address)
    fetched = fetcher.fetch(wanted)
    seen = see(fetched.fetch)
    sibling = impossible_sibling(wanted) if suspicious(seen) else None
    judgement = judge_seen(seen, see(fetcher.fetch(sibling).fetch) if sibling else None)
    snapshots = archive.write(fetched) if archive is not None else ()
    return LinkCheck(wanted, host_of(wanted), fetched.fetch, judgement, snapshots)


def read_text(check: LinkCheck) -> LinkCheck:
    """The check with the readable text of what was served; as it is where nothing may be compared."""
    fetch = check.fetch
    if check.judgement.status not in (LinkStatus.OK, LinkStatus.MOVED) or not fetch.body or fetch.final is None:
        return check
    text = readable_text(fetch.body, fetch.media_type, fetch.charset, fetch.final.url, fetch.final.headers)
    return replace(check, text=text)


def without_body(check: LinkCheck) -> LinkCheck:
    """The check with its body dropped, so that bodies do not pile up behind whoever collects checks."""
    return replace(check, fetch=replace(check.fetch, body=b""))
