"""Whether a note claims its figures as the author's own reckoning: a source cannot contradict those."""

import re

_OWN = re.compile(
    r"""\b(?:our|my|own|(?:the\ )?authors?(?:[’']s?)?)\s+(?:own\s+)?(?:\w+(?:al|ed|ic|ive|ary)\s+)?
        (?:analys[ei]s|calculations?|computations?|estimat(?:e|es|ions?)|elaborations?|tabulations?|compilations?
          |reckoning|modell?ing)\b
      | \b(?:calculated|computed|estimated|compiled|tabulated)\s+by\s+(?:the\s+authors?|us)\b
      | \bwe\s+(?:calculate|compute|estimate|calculated|computed|estimated)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def is_own_analysis(note: str) -> bool:
    """Whether a note's text says so: `Our analysis of ...`, `Authors' calculations based on ...`, `We estimate ...`."""
    return _OWN.search(note) is not None
