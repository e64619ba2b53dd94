"""Archived sources made safe to be shown: bytes or text in, a whole document for a sandboxed frame out."""

from verifier.review.evidence.difference import difference
from verifier.review.evidence.frame import EVIDENCE_POLICY, framed
from verifier.review.evidence.look import LOOK_POLICY, looks
from verifier.review.evidence.passage import NO_PASSAGE, Passage
from verifier.review.evidence.pdf_page import PagePicture, page_picture
from verifier.review.evidence.sanitised import sanitised
from verifier.review.evidence.text_view import text_view

__all__ = [
    "EVIDENCE_POLICY",
    "LOOK_POLICY",
    "NO_PASSAGE",
    "PagePicture",
    "Passage",
    "difference",
    "framed",
    "looks",
    "page_picture",
    "sanitised",
    "text_view",
]
