"""Where a redirect led: to the thing itself, or to a home, error, search, log-in or consent page.

Only addresses are looked at here, the cited one against the last one.
"""

import re
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl

from publicsuffixlist import PublicSuffixList

from verifier.resolver.sources.urls import Address, split_address


class RedirectTarget(StrEnum):
    """What kind of page the last address is, by its form."""

    THERE = "there"
    HOME = "home"
    OTHER_HOME = "other_home"
    ERROR = "error"
    SEARCH = "search"
    LOGIN = "login"
    CONSENT = "consent"


_LANGUAGE = r"(?:[a-z]{2}(?:[-_][A-Za-z]{2,4})?)"
_HOME_PATH = re.compile(
    rf"/(?:{_LANGUAGE}/)?(?:(?:index|home|default|main|start|welcome|homepage|startseite|accueil|inicio|portal|web/guest(?:/home)?)"
    rf"(?:\.[a-z]{{2,5}})?/?|{_LANGUAGE}/?)?",
    re.IGNORECASE,
)
# Parameters that say where a reader came from or how to show a page, not which page.
_INCIDENTAL = re.compile(
    r"utm_\w+|ref|referrer|referer|source|src|from|lang|language|locale|hl|l|redirect(?:ed)?|redir|r|gclid|fbclid|"
    r"404|error|err|status|code|notfound|not_found|msg|message|_ga|cid|campaign|origin|old|expired|url|path|requested",
    re.IGNORECASE,
)
_RESOLVERS = re.compile(r"(?:dx\.)?doi\.org|hdl\.handle\.net|w3id\.org|n2t\.net|ark\.\S+|purl\.\S+|identifiers\.org")
# Where a parking service serves what it shows for a domain: `ww1.` and so on before the domain itself.
_PARKED_HOST = re.compile(r"ww\d{1,2}\.")
_ERROR_PART = re.compile(
    r"(?:(?:error|err|http|status|page|custom)[-_]?)*(?:404|410|not[-_]?found|file[-_]?not[-_]?found|missing|gone)"
    r"(?:[-_]?(?:error|page))*|errors?|error[-_]?page|page[-_]?error|dead[-_]?link|broken[-_]?link|"
    r"(?:page[-_]?)?(?:removed|unavailable|discontinued|retired|no[-_]longer[-_]available|does[-_]?not[-_]?exist)|"
    r"seite[-_]nicht[-_]gefunden|nicht[-_]gefunden|fehler(?:seite)?|(?:page[-_])?introuvable|erreur|"
    r"(?:pagina[-_])?no[-_]encontrad[oa]|(?:pagina[-_])?non[-_]trovata|pagina[-_]niet[-_]gevonden",
    re.IGNORECASE,
)
_ERROR_QUERY = re.compile(
    r"aspxerrorpath=|(?:^|[?&;])(?:error|err|status|code|e)=(?:404|410)\b|^404[;&=]?", re.IGNORECASE
)
_OTHER_ERROR = re.compile(r"(?<![\w.])(?:error[-_]?)?(?:40[0-3]|429|451|5\d\d)(?![\w])")
_SEARCH_PART = re.compile(
    r"(?:advanced[-_]?|site[-_]?)?search(?:[-_]?(?:results?|page|form))?|results|suche|suchergebnisse?|recherche(?:r)?|"
    r"buscar|busca|busqueda|búsqueda|resultados|cerca|ricerca|pesquisa(?:r)?|zoeken|zoek|szukaj|wyszukiwanie|sök|sok|søk|"
    r"haku|hledat|hledani|ara|arama|поиск|cari",
    re.IGNORECASE,
)
_WORDS_KEY = re.compile(
    r"q|query|s|search\w*|keys?|keywords?|text|terms?|suchbegriff|suche|mots|buscar|p", re.IGNORECASE
)
_LOGIN_PART = re.compile(
    r"log[-_]?in|sign[-_]?in|log[-_]?on|wp-login|user[-_]?login|login[-_]?form|sso|saml2?|oauth2?|authorize|"
    r"authenticate|shibboleth(?:\.sso)?|account[-_]?login|members?[-_]?login|anmelden|anmeldung|einloggen|connexion|"
    r"se-connecter|iniciar-sesion|accedi|inloggen|logga-in|logowanie|zaloguj|entrar|register|sign[-_]?up|subscribe|auth[-_]?wall",
    re.IGNORECASE,
)
_LOGIN_HOST = re.compile(
    r"log[-_]?in|sign[-_]?in|accounts?|auth|sso|idp|cas|adfs|passport|oauth|identity", re.IGNORECASE
)
_RETURN_KEY = re.compile(
    r"next|return|return[-_]?(?:url|to|path)|returnurl|redirect(?:[-_]?(?:uri|url|to))?|service|continue|target|dest(?:ination)?"
    r"|goto|back|came_from|from|url|relaystate|samlrequest|client_id|state|referer|ru|wctx|wreply|entityid",
    re.IGNORECASE,
)
_CONSENT_PART = re.compile(
    r"(?:cookie|privacy|gdpr|user)?[-_]?consent(?:[-_]?(?:wall|page|form))?|cookie[-_]?wall|gdpr|privacy[-_]?gate|"
    r"age[-_]?(?:gate|check|verification|verify)|agegate|verify[-_]?age|enable[-_]?cookies|cookies?[-_]?(?:required|absent|disabled)|"
    r"geo[-_]?(?:block(?:ed)?|restrict(?:ed|ion)?)|(?:country|region)[-_]?(?:selector|select|blocked|restricted)|"
    r"not[-_]?available[-_]?in[-_]?your[-_]?(?:country|region)|einwilligung|zustimmung|consentement",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"\.\d+$|:")  # an IP address has no registered domain
_EXTENSION = re.compile(r"\.[A-Za-z]{2,5}$")


def redirect_target_of(cited: str, last: str) -> RedirectTarget:
    """Where a reader who asked for `cited` was led, by the form of the address `last`."""
    origin, end = split_address(cited), split_address(last)
    if not isinstance(origin, Address) or not isinstance(end, Address) or origin.url == end.url:
        return RedirectTarget.THERE
    if _is_login(end) and not _is_login(origin):
        return RedirectTarget.LOGIN
    if _is_consent(end) and not _is_consent(origin):
        return RedirectTarget.CONSENT
    if _is_error(end) and not _is_error(origin):
        return RedirectTarget.ERROR
    if is_home(end) and not is_home(origin):
        return _home(origin, end)
    if _is_search(end) and not _is_search(origin):
        return RedirectTarget.SEARCH
    return RedirectTarget.THERE


def is_home(address: Address) -> bool:
    """Whether an address is a site's home page, also one of a language."""
    if not _HOME_PATH.fullmatch(address.path.partition(";")[0]):
        return False
    parameters = parse_qsl(address.query, keep_blank_values=True)
    return all(_INCIDENTAL.fullmatch(key) for key, _ in parameters)


def led_to_parking(cited: str, last: str) -> bool:
    """Whether a redirect led to the host that parking services put before a domain."""
    origin, end = split_address(cited), split_address(last)
    if not isinstance(origin, Address) or not isinstance(end, Address) or _PARKED_HOST.match(origin.host):
        return False
    return _PARKED_HOST.match(end.host) is not None and same_site(origin.host, end.host)


def same_site(one: str, other: str) -> bool:
    """Whether two hosts belong to one registered domain."""
    if one == other:
        return True
    return not _NUMERIC.search(one) and _registered(one) == _registered(other)


def _home(origin: Address, end: Address) -> RedirectTarget:
    """A home page is a dead end, unless the address was a name for that site, or a name in a register of names."""
    if _RESOLVERS.fullmatch(origin.host):
        return RedirectTarget.THERE
    if any(word in end.host and word not in origin.host for word in _words(origin.path)):
        return RedirectTarget.THERE
    parts = _parts(origin)
    one_short_name = len(parts) == 1 and len(parts[0]) <= 20 and not _EXTENSION.search(parts[0]) and not origin.query
    if one_short_name and not same_site(origin.host, end.host):
        return RedirectTarget.OTHER_HOME
    return RedirectTarget.HOME


def _is_login(address: Address) -> bool:
    if _has(_LOGIN_PART, address):
        return True
    asks_back = any(_RETURN_KEY.fullmatch(key) for key, _ in parse_qsl(address.query, keep_blank_values=True))
    return asks_back and any(_LOGIN_HOST.fullmatch(label) for label in address.host.split("."))


def _is_consent(address: Address) -> bool:
    return _has(_CONSENT_PART, address) or address.host.startswith(("consent.", "cookieconsent."))


def _is_error(address: Address) -> bool:
    """Whether an address is a page for what is missing; one for a refusal or a failure of the server is not."""
    if _OTHER_ERROR.search(address.target):
        return False
    return _has(_ERROR_PART, address) or _ERROR_QUERY.search(address.query) is not None


def _is_search(address: Address) -> bool:
    """Whether an address is a search for words; one for a number or a name is how some catalogues show an item."""
    parts = _parts(address)
    if not parts or _SEARCH_PART.fullmatch(_EXTENSION.sub("", parts[-1])) is None:
        return False
    keys = [key for key, _ in parse_qsl(address.query, keep_blank_values=True)]
    return not keys or any(_WORDS_KEY.fullmatch(key) for key in keys)


def _has(pattern: re.Pattern[str], address: Address) -> bool:
    return any(pattern.fullmatch(_EXTENSION.sub("", part)) for part in _parts(address))


def _parts(address: Address) -> list[str]:
    return [part for part in address.path.split("/") if part]


def _words(path: str) -> list[str]:
    return [
        word for word in re.split(r"[^a-z]+", path.lower()) if len(word) >= 3 and word not in ("www", "index", "html")
    ]


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=4096)
def _registered(host: str) -> str:
    return str(_suffixes().privatesuffix(host) or host)
