"""The mapped classes, one module a subject; importing this package gives `Base.metadata` all of them.

Rows are written and read set by set: nothing here has relationships, so that nothing loads row by row.
"""

from db.tables.base import Base
from db.tables.batches import BatchRow
from db.tables.copies import ArchivedCopyRow
from db.tables.desk import PresenceRow, QueuePlaceRow, QueueRow, SavedFilterRow
from db.tables.documents import (
    AnchorRow,
    BodyLinkRow,
    CitationRow,
    DocumentPlaceRow,
    DocumentRow,
    EditionRow,
    ExtractionRow,
    FootnoteRow,
    InconsistencyRow,
    SentenceSketchRow,
    WarningRow,
)
from db.tables.findings import CheckedPartsRow, ComparisonRow, FindingRow, ObservationRow, ReviewRow
from db.tables.links import (
    AddressRow,
    CitedAddressRow,
    CitedSourceRow,
    FetchRow,
    SnapshotRow,
    SourceAddressRow,
    SourceRow,
    TextRow,
)
from db.tables.runs import RunRow
from db.tables.scale import (
    HostTurnRow,
    RunHostRow,
    RunLeaseRow,
    RunShardRow,
    SharedRunDocumentRow,
    SharedRunNoteRow,
    SharedRunRow,
    WorkerNetworkRow,
)
from db.tables.team import AssignmentRow, CommentRow, LetterQueryRow, LetterRow, RuleEndRow, RuleRow

__all__ = [
    "AddressRow",
    "AnchorRow",
    "ArchivedCopyRow",
    "AssignmentRow",
    "Base",
    "BatchRow",
    "BodyLinkRow",
    "CheckedPartsRow",
    "CitationRow",
    "CitedAddressRow",
    "CitedSourceRow",
    "CommentRow",
    "ComparisonRow",
    "DocumentPlaceRow",
    "DocumentRow",
    "EditionRow",
    "ExtractionRow",
    "FetchRow",
    "FindingRow",
    "FootnoteRow",
    "HostTurnRow",
    "InconsistencyRow",
    "LetterQueryRow",
    "LetterRow",
    "ObservationRow",
    "PresenceRow",
    "QueuePlaceRow",
    "QueueRow",
    "ReviewRow",
    "RuleEndRow",
    "RuleRow",
    "RunHostRow",
    "RunLeaseRow",
    "RunRow",
    "RunShardRow",
    "SavedFilterRow",
    "SentenceSketchRow",
    "SharedRunDocumentRow",
    "SharedRunNoteRow",
    "SharedRunRow",
    "SnapshotRow",
    "SourceAddressRow",
    "SourceRow",
    "TextRow",
    "WarningRow",
    "WorkerNetworkRow",
]
