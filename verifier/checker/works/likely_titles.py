"""What a citation's title and newspaper are most likely, where its form leaves them open to the parser."""

import re

_SIGNAL = re.compile(
    r"^\s*(?:see(?:,?\s+(?:also|generally|e\.\s?g\.))?|cf\.|e\.\s?g\.|accord|but\s+see)[,:]?\s+", re.IGNORECASE
)
_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?"
_FORMS = (
    re.compile(r"[“\"‘'«„](?P<title>[^“”\"«»„]{8,300}?)[,.]?[”\"’'»“](?!\w)"),  # quoted
    re.compile(rf"[(]{_YEAR}(?:,\s+[^)]*)?[)][.:,]?\s+(?P<title>[^.]{{6,300}}?)\.(?:\s|$)"),  # Name (2018). Title.
    re.compile(rf"^(?P<title>[^,(“\"]{{12,200}}?)\s+[(][^()]*{_YEAR}[)]"),  # Title (Publisher, 2018)
)


def likely_title(citation: str) -> str:
    """The words at the place of a title in the commonest forms; empty where the citation has none of them."""
    words = _SIGNAL.sub("", citation)
    for form in _FORMS:
        found = form.search(words)
        if found and len(found["title"].split()) > 1:
            return found["title"].strip()
    return ""


_OUTLET = re.compile(rf"[(](?P<name>[^(),\d]{{4,60}}),\s+(?:[A-Z][a-z]+\.?\s+)?(?:\d{{1,2}},?\s+)?{_YEAR}[)]")


def likely_outlet(citation: str) -> str:
    """The name before a date in brackets: `Council votes down toll plan (Harbour Times, March 23, 2017)`."""
    found = _OUTLET.search(citation)
    return found["name"].strip() if found else ""
