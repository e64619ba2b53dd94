"""What a page is, recognised by its titles and text: one work, or something that no note can be held against."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from verifier.model import DescribedWork, Nature, TitleOrigin
from verifier.resolver.works.own_text import OwnText

_WALL = re.compile(
    r"(?:please\s+)?(?:sign|log)[\s-]?in\b.*|(?:user\s+)?log[\s-]?in|login\b.*|sign[\s-]?up\b.*|just\s+a\s+moment.*|checking\s+your\s+browser.*"
    r"|attention\s+required.*|access\s+(?:to\s+this\s+page\s+has\s+been\s+)?denied.*|are\s+you\s+(?:a\s+)?(?:robot|human).*"
    r"|verify(?:ing)?\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human.*|security\s+(?:check|verification).*|robot\s+check|captcha.*"
    r"|ddos[\s-]guard.*|one\s+more\s+step.*|human\s+verification.*|bot\s+verification.*|subscribe\s+to\s+(?:read|continue).*"
    r"|subscription\s+required.*|register\s+to\s+(?:read|continue).*|(?:before\s+you\s+continue|cookie\s+(?:consent|settings|preferences)|your\s+privacy).*"
    r"|authentication\s+required|shibboleth.*|(?:unusual\s+traffic|please\s+wait).*|anmelden|einloggen|connexion|se\s+connecter"
    r"|iniciar\s+sesi[óo]n|accedi|inloggen",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"(?:error\s*)?(?:40[0-9]|410|429|50[0-4])\b.{0,60}|.{0,40}\b(?:page|file|content|document|resource|article|url|site)\s+(?:was\s+|is\s+|could\s+|can(?:no|')t\s+)?(?:be\s+)?(?:not\s+(?:be\s+)?(?:found|available)|no\s+longer\s+available|unavailable|missing|removed).*"
    r"|not\s+found|(?:page\s+)?error\b.{0,40}|oops.*|sorry\b.*|something\s+went\s+wrong.*|(?:internal\s+)?server\s+error.*"
    r"|(?:service|temporarily)\s+(?:temporarily\s+)?unavailable.*|bad\s+(?:gateway|request)|forbidden|gone|(?:site\s+|under\s+|scheduled\s+|down\s+for\s+)?maintenance.*"
    r"|we(?:'|’)?(?:re|\s+are)\s+(?:sorry|having).*|an?\s+(?:unexpected\s+)?error\s+(?:has\s+)?occurred.*|seite\s+nicht\s+gefunden.*"
    r"|page\s+(?:introuvable|non\s+trouv[ée]e).*|p[áa]gina\s+no\s+encontrada.*|technical\s+difficult.*|we\s+can(?:'|’)t\s+find.*",
    re.IGNORECASE,
)
_PARKED = re.compile(
    r".*\b(?:domain|website|site)\b.{0,40}\b(?:for\s+sale|expired|parked)\b.*|.*\bis\s+for\s+sale\b.*|buy\s+this\s+domain.*"
    r"|.*\b(?:casino|slots?\s+and\s+bonus|free\s+spins|betting\s+(?:odds|site)|sportsbook|poker\s+online|payday\s+loans?|replica\s+watches|viagra|cialis|escorts?)\b.*"
    r"|.*\.(?:com|net|org|info|example)\s*[-–|]\s*(?:parked|related\s+searches).*",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"(?:all\s+|our\s+|latest\s+|recent\s+|browse\s+(?:all\s+)?|view\s+all\s+|list\s+of\s+|more\s+)*(?:publications?|reports?|research|papers?|working\s+papers?|articles?|news(?:room|\s+and\s+\w+|\s*&\s*\w+)?|posts?|blog"
    r"|press\s+releases?|library|resources|documents?|downloads?|archives?|insights|briefs?|policy\s+briefs?|events|media|topics?|issues|publications\s+(?:and|&)\s+\w+|current\s+issue|past\s+issues|table\s+of\s+contents|volumes?|speeches|statements|series|books|collections?)"
    r"|search(?:\s+results?)?\b.*|results\s+for\b.*|\d[\d,.]*\s+results?\b.*|(?:category|tag|author|topic|archive)\s*:.*|vol(?:ume)?\.?\s*\d+.*(?:no|issue|nr)\.?\s*\d+.*"
    r"|(?:issue|no\.)\s*\d+\s*[(,].*|page\s+\d+\s+of\s+\d+|index(?:\s+of\b.*)?|sitemap|publikationen|ver[öo]ffentlichungen|aktuelles|actualit[ée]s|publicaciones|noticias",
    re.IGNORECASE,
)
_PORTAL = re.compile(
    r".*\b(?:data\s*(?:portal|explorer|bank|browser|catalogue?|hub|base|sets?|tables?|tool|finder|download)|databases?|datasets?|open\s+data|dashboard|statistics\s+(?:portal|explorer)|query\s+builder"
    r"|indicators?|interactive\s+(?:map|data|tables?|tool|chart)|data\s*(?:and|&)\s*(?:statistics|tools|charts)|table\s+builder|data\s+centre|data\s+center|docket\s+search|document\s+viewer)\b.*|data|statistics|explore(?:\s+\w+){0,2}|map\s+viewer",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"(?:home|home\s*page|welcome(?:\s+to\b.*)?|start(?:seite)?|accueil|inicio|about(?:\s+us|\s+.{1,40})?|contact(?:\s+us)?)",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:app|index|untitled(?:\s+\w+)?|document|loading\W*|redirecting\W*|react\s+app|vite.*|webpage|page|new\s+tab|title|undefined|null)",
    re.IGNORECASE,
)
STATED = frozenset({TitleOrigin.CITATION_META, TitleOrigin.DUBLIN_CORE, TitleOrigin.JSON_LD})
"""Origins that say: here is one work."""

_SAYINGS = ((_WALL, Nature.WALL), (_ERROR, Nature.ERROR), (_PARKED, Nature.PARKED))
_FEWEST_ITEMS = 4
_LEAST_TEXT = 40  # characters: a page that says less shows nothing


def nature_of(titles: list[str], site: str | None, text: OwnText, url: str, *, described: bool) -> Nature:
    """What the page is.

    `titles` are its headings and title, without the site's name; `described` says that metadata of works are there
    (a citation's title, a JSON-LD article): such a page is no list, however much of it is links.
    """
    named = [title for title in titles if title]
    if described:
        return Nature.WORK
    said = next((nature for pattern, nature in _SAYINGS if _says(pattern, named[:3])), None)
    if said is not None:
        return said
    if all(_NO_TITLE.fullmatch(title) for title in named):
        return Nature.NOTHING
    own = [title for title in named if not _is_site(title, site)]
    if all(_HOME.fullmatch(title) for title in own) or _is_root(url):
        return Nature.HOME
    return _of_several(own, text) or _shown(named, own, text)


def _says(pattern: re.Pattern[str], titles: list[str]) -> bool:
    return any(pattern.fullmatch(title.strip(" .!…")) for title in titles)


def _of_several(own: list[str], text: OwnText) -> Nature | None:
    """A list or a portal, by its titles or by what most of its text is; None for neither."""
    if all(_LISTS.fullmatch(title) for title in own):
        return Nature.LIST
    if all(_PORTAL.fullmatch(title) or _LISTS.fullmatch(title) for title in own):
        return Nature.PORTAL
    return Nature.LIST if text.items >= _FEWEST_ITEMS and text.linked * 2 > text.length else None


def _shown(named: list[str], own: list[str], text: OwnText) -> Nature:
    """A work, unless there is but a title and hardly a word under it."""
    return Nature.NOTHING if text.length < _LEAST_TEXT and len(own) == len(named) == 1 else Nature.WORK


def at_address(work: DescribedWork, url: str) -> DescribedWork:
    """The work as it is at an address: the root of a site is its home, unless metadata state a work there."""
    stated = any(one.origin in STATED for one in work.titles)
    return replace(work, nature=Nature.HOME) if work.nature is Nature.WORK and not stated and _is_root(url) else work


def says_failure(title: str) -> bool:
    """Whether a title is the words of an error or a wall, whoever says it."""
    bare = title.strip(" .!…")
    return bool(_ERROR.fullmatch(bare) or _WALL.fullmatch(bare) or re.fullmatch(r"too\s+many\s+requests.*", bare, re.I))


def _is_site(title: str, site: str | None) -> bool:
    return site is not None and title.casefold().strip() == site.casefold().strip()


def _is_root(url: str) -> bool:
    if "://" not in url:
        return False
    parts = urlsplit(url)
    return (
        parts.path.strip("/").lower() in ("", "index.html", "index.php", "home", "en", "default.aspx")
        and not parts.query
    )
