"""The digest as HTML for mail: inline styles only, no script, nothing that a mail program would have to fetch."""

from verifier.reports.contents import coverage_sentences
from verifier.reports.digest import HEALED_TITLE, MOST_SHOWN, Digest, healed_words, more_words
from verifier.reports.html import page_environment


def digest_html(digest: Digest) -> str:
    """The whole page; everything that comes from a document or a source is escaped, and no address of theirs is a link.

    An address that is flagged may lead anywhere by now: it is shown, and not offered to be clicked. A finding's page at
    the desk is, where the desk has an address.
    """
    return (
        page_environment()
        .get_template("digest.html.jinja")
        .render(
            digest=digest,
            sections=(("New accusations", digest.accusations), ("New to-dos", digest.to_dos)),
            healed_title=HEALED_TITLE.capitalize(),
            healed_words=healed_words,
            more_words=more_words,
            most_shown=MOST_SHOWN,
            coverage=coverage_sentences(digest.report.coverage),
        )
    )
