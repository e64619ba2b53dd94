"""The rows of a page of the queue as they are kept: many look at the same page, which changes by decisions."""

from dataclasses import dataclass

from markupsafe import Markup

from db.review_queue import QueueKey


@dataclass(frozen=True, slots=True)
class QueueRows:
    """The rows of a page as HTML (the same for everybody), whether there are any, and where the last one is."""

    html: Markup
    any: bool
    last: QueueKey | None
