"""The archived copy of a dead address that is known already, to cite or to ask about."""

from db.finding_details import DeskFinding
from verifier.model import ArchivedCopy, FindingCode
from verifier.review.desk import app_state


def copy_for(shown: DeskFinding) -> ArchivedCopy | None:
    """The earliest copy that was found of a finding's dead address."""
    url = shown.finding.url
    if url is None or shown.finding.code not in (FindingCode.LINK_BROKEN, FindingCode.LINK_UNCONFIRMED):
        return None
    known = app_state().store.archived_copies.known([url])
    copies = [looked_up.copy for looked_up in known.values() if looked_up.copy is not None]
    return min(copies, key=lambda copy: copy.captured_at) if copies else None
