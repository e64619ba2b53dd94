"""Cases on the hostile web: what a host does, what is asked of it, and how that is to be judged."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.support.hostile_web import HostileWeb, Reply, Site
from tests.support.web_sessions import web_session
from verifier.model import Judgement
from verifier.resolver import WebSession, judge_address
from verifier.settings import FetchSettings

PATIENT = FetchSettings(
    connect_timeout=60, read_timeout=60, deadline=120, max_bytes=200_000, pause=0, retry_after_cap=0.3
)
"""For servers that answer: on a loaded machine that takes its time, and no verdict hangs on it."""
QUICK = PATIENT.model_copy(update={"connect_timeout": 1, "read_timeout": 0.4, "deadline": 1.2})
"""For servers that never answer."""

ARTICLE_TEXT = (
    "The bridges of the county carried 41 million crossings in the year, two percent more than in the year before. "
    "The authority counts every vehicle at both ends of each bridge and publishes the counts each spring. "
    "Upkeep took most of the budget again; steel and paint became dearer, while the price of labour hardly moved. "
)


def article(title: str = "Traffic on the county's bridges", paragraphs: int = 6, extra: str = "") -> str:
    """A page with content, and with the furniture that real pages have."""
    body = "".join(f"<p>{ARTICLE_TEXT}</p>" for _ in range(paragraphs))
    return (
        f"<!doctype html><html lang=en><head><title>{title} | Bridge Authority</title></head><body>"
        "<header><nav><a href=/>Home</a> <a href=/reports>Reports</a> <a href=/login>Log in</a></nav></header>"
        f"<main><article><h1>{title}</h1>{body}{extra}</article></main>"
        "<footer>Bridge Authority. We use cookies. <a href=/privacy>Privacy</a></footer></body></html>"
    )


def short_page(title: str, heading: str, text: str = "", lang: str = "en", extra: str = "") -> str:
    """A page with little on it, in a site's usual furniture."""
    return (
        f"<!doctype html><html lang={lang}><head><meta charset=utf-8><title>{title}</title></head><body>"
        "<header><nav><a href=/>Home</a> <a href=/news>News</a> <a href=/contact>Contact</a></nav></header>"
        f"<main><h1>{heading}</h1><p>{text}</p>{extra}</main><footer>Example Society, all rights reserved</footer>"
        "</body></html>"
    )


@dataclass(frozen=True, slots=True)
class Case:
    """`name` becomes the host; `others` answers every target that is not in `replies`; `hosts` are further hosts."""

    name: str
    expected: str
    replies: dict[str, Reply] = field(default_factory=dict)
    target: str = "/reports/bridges-in-traffic"
    others: Reply = b""
    url: str | None = None
    hosts: dict[str, Site] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return f"{self.name}.test"

    @property
    def address(self) -> str:
        return self.url or f"http://{self.host}{self.target}"


@contextmanager
def served(cases: Sequence[Case], settings: FetchSettings = PATIENT) -> Iterator[tuple[HostileWeb, WebSession]]:
    """The cases' hosts on loopback, and a session that is led to them."""
    sites = {case.host: Site(case.replies, case.others) for case in cases}
    for case in cases:
        sites.update(case.hosts)
    with (
        HostileWeb(sites) as web,
        web_session(web.hosts, fetch=settings) as session,
    ):
        yield web, session


def verdict(case: Case, session: WebSession) -> str:
    """`status/reason` of a case."""
    judgement: Judgement = judge_address(case.address, session).judgement
    return f"{judgement.status}/{judgement.reason}"
