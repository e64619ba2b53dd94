"""An archived page as a tree, for those that write it anew."""

import lxml.etree
import lxml.html


def parsed_page(source: str) -> lxml.html.HtmlElement | None:
    """The tree of a page; None for one in which there is nothing."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None
