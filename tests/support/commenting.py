"""Comments written within the process of a test."""

from verifier.parser.drafts.word_comments import comment_word
from verifier.reports.markup.commented_pdf import comment_pdf


class InlineCommenter:
    """`verifier.reports.markup.annotated_copies.CommentWriter` without a process."""

    comment_word = staticmethod(comment_word)
    comment_pdf = staticmethod(comment_pdf)
