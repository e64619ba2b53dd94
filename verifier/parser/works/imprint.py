"""What is printed behind a title: the container or the publisher, and the place in the work."""

import re

from verifier.parser.patterns import regex
from verifier.parser.works.dates import MONTH, YEAR
from verifier.parser.works.names import is_institution

_IMPRINT = regex(
    rf"\((?:[^():]*\bed(?:n|ition)?\b\.?,\s*)?(?:(?P<place>[A-ZÀ-Þ][^():]{{1,50}}):\s*)?(?P<publisher>[A-ZÀ-"
    rf"Þ][^():]{{1,80}}?),?\s+(?:{MONTH}\s+)?{YEAR}\)"
)
_PLACE_PUBLISHER = regex(
    rf"(?:^[\s,.]*|[.,?!]\s+)[A-ZÀ-Þ][^.:,()]{{1,40}}:\s+(?P<publisher>[A-ZÀ-Þ][^:()]{{2,80}}?)"
    rf"(?:[,;]?\s*{YEAR}|\.?\s*$)"
)
_COMMA_PUBLISHER = regex(
    rf"^[\s,.]*(?:\d+e?\s+éd\.,\s+)?[A-ZÀ-Þ][\w-]+(?:[\s-][A-ZÀ-Þ][\w-]+)?,\s+(?P<publisher>[A-ZÀ-Þ][^,:()\d]{{1,50}}),\s+{YEAR}(?:[.,]|$)"
    rf"|(?:^[\s,.]*|,\s+)(?P<house>[A-ZÀ-Þ][^,:()\d]{{0,40}}(?:UP|Press(?:es)?|Verlag|Books|Publish(?:ing|ers)|[ÉE]ditions?|Edizioni"
    rf"|Ediciones|Forlag|Förlag|Uitgeverij)),\s+{YEAR}"
    rf"|\(pp?\.[^()]*\)\.\s+(?P<last>[A-ZÀ-Þ][^.,:()]{{2,50}})\.?\s*$"
)
"""`Paris, Éditions du Quai, 1998`; `edited by ..., Weir UP, 2013`; APA's last name behind a chapter's pages."""
HOUSE = regex(r"\b(?:Press|[A-Z]{0,3}UP|Verlag|Books|Éditions|Publishers|Publishing)$")
"""What names of publishing houses end with."""
_IN = regex(r"^[\s,.;:]*(?:published\s+)?(?:in|dans|In|Dans)(?::|\s)\s*", re.I)
_EDITORS_FIRST = regex(r"^[^,()]{2,90}?\((?:eds?|Hrsg|Hg|dir)\.?,?\)\.?\s*,?\s*", re.I)
_END = regex(
    rf"""\s*(?:[,.;:]\s*)?(?:
        \bvol(?:ume)?\b | \bno\.\s*\d | \bn[°º]\s*\d | \bNr\.\s*\d
      | \bBd\.\s | \bS\.\s\d | \bpp?\.\s*[A-Z]?\d | \bp\.\s | \bissue\s | \bpages?\s\d
      | \bed\.\s+(?=[A-Z]) | \bedited\s+by | \bhrsg\.\s | \bArt(?:icle)?\.?\s+\d
      | (?<!\w)\d[\d–./-]*(?=\s*[,.;:()–]|\s+\(|\s*$|\s+\d) | {YEAR}\b | (?:\d{{1,2}}\.?\s+)?{MONTH}\s+\d | \[ | \( | ;
      | \b(?:Spring|Summer|Autumn|Fall|Winter)\s+\d | \bforthcoming\b | \bin\s+press\b | \bversion\s
      | \blast\s+(?:modified|updated) | \bupdated\s
      | \bn\.d\.
    )""",
    re.X,
)  # fmt: skip
_NO_CONTAINER = regex(
    rf"(?:{MONTH}(?:\s|$)|{YEAR}|last\s|no\.|pp?\.|ch\.|V\d|§|with\s|by\s"
    r"|(?:available|accessed|see|and|at|vol|paras?|(?:news|press)\s+release|speech|version|unpublished|forthcoming|supra|ibid"
    r"|edited|trans|translated|retrieved|report\s+no|working\s+papers?)\b)",
    re.I,
)
_SERIES = regex(
    r"\s*(?:(?:Staff\s+|Discussion\s+|Research\s+)?(?:Working|Discussion|Research|Policy|Occasional"
    r"|Technical)\s+(?:Research\s+)?(?:Papers?|Reports?|Briefs?|Memorandum)|Staff\s+Papers?|Policy\s+Brief)\b"
    r".*$"
)
_PINPOINT = regex(
    r"""(?:(?:^|[,.)\d]|\b(?:here|id|ibid|op))\s*\bat\s+(?P<at>[*]?(?:[A-Z]-?)?\d{1,5}(?:\s*[–-]\s*\d{1,5})?)
          (?![\d/:.]*\d*\s*(?:a\.?m|p\.?m|per|%))
      | \b(?P<named>(?:(?:(?-i:pp?|S))(?:\.\s*|\s+)[A-Z]?\d(?:[\d–,\s-]*\d)?
          | (?:para(?:graph)?s?\.?|ch(?:apter|ap)?\.?|sec(?:tion)?\.?|arts?(?:icles?)?\.?|ss?\.?|Rn\.?|Rz\.?
            |table|figure|fig\.|annex|appendix|slide|page|col\.)
            \s+(?:\d[\d.]*(?:\([^)\s]{1,4}\))*|[A-Z]\b)(?:\s*[–-]\s*\d+)?)))
      | (?:\bibid|\(n\.?\s?\d{1,3}\))\s+(?P<behind>\d{1,4}(?:\s*[–-]\s*\d{1,4})?)
      | (?P<sign>(?:¶+|§+)\s*\d[\w.]*(?:\([^)\s]{1,4}\))*)
      | \)?[:,]\s*\[(?P<judgement>\d{1,4})\]
      | (?:\)\s*[:,]?|[:,]|^)\s*(?P<last>\d{1,4}(?:\s*[–-]\s*\d{1,4})?(?:,\s*\d{1,4})*|[ivxlc]{1,6})
            \s*(?:[.:]?\s*$|:\s+[“"‘]|\s+\()""",
    re.I | re.X,
)


def find_pinpoint(rest: str) -> str | None:
    """The cited place (`14–16`, `§ 4`, `para. 3.12`) in the words behind a title."""
    for found in _PINPOINT.finditer(rest):
        last = found["last"]
        if last and re.fullmatch(YEAR, last):
            continue
        place = next(filter(None, (found[name] for name in ("at", "named", "behind", "sign", "judgement", "last"))))
        return re.sub(r"\s+", " ", place).strip(" ,.")
    return None


def find_publisher(rest: str) -> str | None:
    """The publisher of an imprint: `(London: Lagoon Press, 2008)`, `Oslund: Fjord Verlag, 1999`."""
    found = _IMPRINT.search(rest) or _PLACE_PUBLISHER.search(rest)
    named = found["publisher"] if found else _after_comma(rest)
    if named is None or re.search(r"\b(?:diss|thesis|speech|Working Paper)\b|,\s*\d{1,2}$", named):
        return None
    words = re.split(r",\s+(?:No\.|Working|Report)", named)[0]
    return None if re.fullmatch(rf"(?:.*\s)?{MONTH}", words) or _NO_CONTAINER.match(words) else words.strip(" ,")


def _after_comma(rest: str) -> str | None:
    found = _COMMA_PUBLISHER.search(rest)
    return next(filter(None, found.groups()), None) if found else None


def find_container(rest: str) -> tuple[str | None, bool]:
    """The first name behind a title, and whether it is introduced by `in` or has a volume (it is then no publisher)."""
    rest = rest.lstrip(" ,.;:")
    law = re.match(
        rf"(?:[(\[]{YEAR}[)\]]\s*)?\d+(?:\(\d+(?:[–-]\d+)?\))?\s+(?P<name>[A-ZÀ-Þ][^\d,;()]{{1,100}}?)\s+\d", rest
    )
    if law:
        return law["name"].strip(" ,."), True
    bare = re.match(rf"[(\[]{YEAR}[)\]]\s*(?P<name>[A-ZÀ-Þ][^\d,;()]{{2,100}}?)\s+\d", rest)
    if bare:
        return bare["name"].strip(" ,."), True
    within = _IN.match(rest)
    words = rest[within.end() :] if within else rest
    if within:
        words = _EDITORS_FIRST.sub("", words)
    found = _END.search(words)
    name = words[: found.start()] if found else words
    volume = bool(
        found and re.match(r"\s*[,.;:]?\s*(?:vol|no\.|n[°º]|Nr|Bd|(?!\d{4}-\d\d-)\d)", words[found.start() :])
    )
    name = re.split(r"(?<=[a-z]{6})\.\s+|(?<=[)A-Z]{2})\.\s+|:\s", name, maxsplit=1)[0].strip(' ,.;:“”"')
    segments = [s.strip() for s in name.split(",")]
    if len(segments) > 1 and not re.match(r".*\b(?:and|&)\b", segments[1]):
        name = segments[0]
    if (
        len(name) < 2
        or (not name[0].isupper() and not re.match(r"(?:arXiv|eLife|the|npj|bioRxiv|medRxiv)\b", name))
        or _NO_CONTAINER.match(name)
    ):
        return None, False
    if len(name) > 160:
        return None, False
    return name, bool(within) or volume


def place(name: str, *, contained: bool, is_press: bool) -> tuple[str | None, str | None]:
    """A name behind a title as container or as publisher."""
    series = _SERIES.search(name)
    if series:
        return None, name[: series.start()].strip(" ,.") or None
    if not contained and HOUSE.search(name):
        return None, name
    if contained or is_press or not is_institution(name):
        return name, None
    return None, name
