"""Whether a note claims its figures as the author's own analysis: a source cannot contradict those."""

import re

_OWN = re.compile(
    r"""\b(?:our|my|own|(?:the\ )?authors?(?:[’']s?)?)\s+(?:own\s+)?(?:\w+(?:al|ed|ic|ive|ary)\s+)?
        (?:analys[ei]s|calculations?|computations?|estimat(?:e|es|ions?)|elaborations?|tabulations?|compilations?
          |reckoning|modell?ing)\b
      | \b(?:calculated|computed|estimated|compiled|tabulated)\s+by\s+(?:the\s+authors?|us)\b
      | \bwe\s+(?:calculate|compute|estimate|calculated|computed|estimated)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OWN_ELSEWHERE = re.compile(
    r"""\beigene[rn]?\s+(?:berechnung|auswertung|schätzung|analyse|darstellung|erhebung|zusammenstellung)(?:en)?\b
      | \b(?:berechnung|auswertung|schätzung|analyse)(?:en)?\s+(?:der\s+autor(?:inn)?en|des\s+verfassers)\b
      | \b(?:nos|notre)\s+(?:propres?\s+)?(?:calculs?|estimations?|analyses?|élaborations?)\b
      | \b(?:calculs?|estimations?|analyses?|élaborations?)\s+(?:propres?|de\s+l[’']auteure?|des\s+auteure?s)\b
      | \b(?:elaboraci(?:ón|ones)|cálculos?|estimaci(?:ón|ones)|análisis)
        \s+(?:propi[ao]s?|de\s+los\s+autores|del\s+autor)\b
      | \b(?:elaborazion[ei]|calcol[oi]|stim[ae]|analisi)\s+(?:propri[aeo]|degli\s+autori|dell[’']autor[ei])\b
      | \bnostr[aeoi]\s+(?:elaborazion[ei]|calcol[oi]|stim[ae]|analisi)\b
      | \b(?:elabora(?:ção|do)|cálculos?|estimativas?|análise)
        \s+(?:própri[ao]s?|(?:pel|d)[ao]s?\s+autor(?:es)?)\b
      | \beigen\s+(?:berekening(?:en)?|bewerking(?:en)?|analyse|schatting(?:en)?)\b
      | \beg(?:na|ne|en)\s+(?:beräkning(?:ar)?|bearbetning(?:ar)?|analys|beregning(?:er)?|bearbejdning(?:er)?|analyse)\b
      | \b(?:opracowanie|obliczenia|analiza)\s+własn[ea]\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""The same in the languages whose source lines the parser reads."""


def is_own_analysis(note: str) -> bool:
    """Whether a note's text says so: `Our analysis of ...`, `Authors' calculations based on ...`, `We estimate ...`."""
    return _OWN.search(note) is not None or _OWN_ELSEWHERE.search(note) is not None
