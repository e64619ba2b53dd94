"""Everything that Verifier itself may raise.

A dead link is *data* (the outcome of a fetch), never an exception; an exception means that we failed::

    VerifierError
    ├── DocumentError      a PDF cannot be read
    ├── SettingsError      verifier.toml, an environment variable or an option is wrong
    ├── ArchiveError       archive or documents cannot be written or read: files, or a bucket
    │   └── ArchiveAwayError the bucket does not answer, or only that it cannot serve now
    ├── StoreError         the database cannot be opened, migrated or written
    │   ├── StoreBusyError another process holds the store or the run
    │   ├── StoreDataError the store does not take a value
    │   ├── StoreReplacedError the store's file is another than the one that was opened
    │   └── LeaseLostError another took over the work that this process was at
    ├── NotificationError  a mail, the metrics or a heartbeat did not get through
    ├── BackupError        a backup cannot be made, read or restored
    └── LimitReached       a limit of ours (time, size, disk) ended the work early

Each message says what happened and, after a semicolon or a full stop, what to do next.
"""


class VerifierError(Exception):
    """Something that we were asked to do failed; the message is fit for an operator."""


class DocumentError(VerifierError):
    """The PDF cannot be read."""


class SettingsError(VerifierError):
    """The settings are wrong."""


class ArchiveError(VerifierError):
    """The archive cannot be written or read."""


class ArchiveAwayError(ArchiveError):
    """Where archive and documents are does not answer now: it may later, and says nothing of what it holds."""


class StoreError(VerifierError):
    """The store cannot be opened, migrated or written."""


class StoreBusyError(StoreError):
    """Another process holds the store or the run."""


class StoreDataError(StoreError):
    """The store does not take a value of one unit; all others are not touched by it."""


class StoreReplacedError(StoreError):
    """The store was restored, replaced or upgraded since it was opened."""


class LeaseLostError(StoreError):
    """Another process took over the work, since this one gave no sign of life: what it does now is not kept."""


class NotificationError(VerifierError):
    """A mail, the metrics or a heartbeat did not get through; the night's work is not touched by it."""


class BackupError(VerifierError):
    """A backup cannot be made, read or restored."""


class LimitReached(VerifierError):  # noqa: N818 - the design's name: reaching a limit is not always an error
    """A limit of ours ended the work early."""


def is_of_one_unit(error: Exception) -> bool:
    """Whether an error is that of one unit (an address, a document, a claim), so that the others can still be done.

    An archive, a store or settings that fail do so for every unit; what we did not foresee is taken for the unit's.
    """
    return isinstance(error, DocumentError | StoreDataError) or not isinstance(error, VerifierError)
