"""What happens to a small web in a year of nights, and what an editor should be told of it, on which night.

The expectation is written from docs/reference.md ("Finding codes") and the design's policies, not from the checker:
a page that answered is asked again seven nights later, at whatever hour; one that did not, when three days are over.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

T = TypeVar("T")

DAY = 24 * 60
"""In minutes, as all times here."""
LIVE = 6 * DAY + DAY // 2
"""A week, and half a day less because a night's work is not done at the same hour every night."""
SUSPICIOUS = 3 * DAY
CHECKS_NEEDED = 3
NEAR_NIGHTS = 180
FEWEST_HOSTS = 5

_PLACES = ["Aldern", "Brook", "Corvale", "Dunmore", "Eastham", "Farrow"]
_PLACES += ["Glenwick", "Harrow", "Ingleby", "Jarrow", "Kelso", "Lorne"]
_THINGS = ("bridges", "schools", "ferries", "libraries")


class Face(Enum):
    """How a page answers."""

    FINE = "fine"
    NOT_FOUND = "404"
    GONE = "410"
    SOFT_404 = "soft 404"
    TO_HOME = "redirect to home"
    MOVED = "moved"
    FAILING = "503"

    @property
    def served(self) -> bool:
        """Whether the content is there."""
        return self in (Face.FINE, Face.MOVED)

    @property
    def dead(self) -> bool:
        """Whether it is a definitive sign that the page is gone."""
        return self in (Face.NOT_FOUND, Face.GONE, Face.SOFT_404, Face.TO_HOME)


DEAD = (Face.NOT_FOUND, Face.GONE, Face.SOFT_404, Face.TO_HOME)


@dataclass(frozen=True)
class Page:
    """A cited page: the figure that the paper prints, and from which nights on it looks how and says which figure."""

    host: str
    place: str
    thing: str
    printed: int
    faces: tuple[tuple[int, Face], ...]
    figures: tuple[tuple[int, int], ...]

    @property
    def path(self) -> str:
        """Its path on its host."""
        return f"/{self.place.lower()}/{self.thing}"

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self.host}{self.path}"

    @property
    def sentence(self) -> str:
        """What the paper says."""
        return f"The county of {self.says(self.printed)}."

    def says(self, figure: int) -> str:
        """The words, in the paper and on the page, with a figure."""
        return f"{self.place} has {figure} {self.thing}"


@dataclass(frozen=True)
class Script:
    """A year: pages, the nights on which a host fails as a whole, the nights on which our own network may fail.

    `late` is how many minutes after the same hour each night begins.
    """

    late: tuple[int, ...]
    pages: tuple[Page, ...]
    outages: dict[str, tuple[range, ...]]
    stormy: frozenset[int]

    @property
    def nights(self) -> int:
        """How many nights the year has."""
        return len(self.late)

    def minute(self, night: int) -> int:
        """When a night begins, in minutes since the first night's hour."""
        return night * DAY + self.late[night]

    def face(self, page: Page, night: int) -> Face:
        """How a page answers on a night."""
        if any(night in outage for outage in self.outages.get(page.host, ())):
            return Face.FAILING
        return _latest(page.faces, night)

    def figure(self, page: Page, night: int) -> int:
        """Which figure a page says on a night, where it says any."""
        return _latest(page.figures, night)

    def planted(self) -> Iterator[tuple[int, str]]:
        """Every event in words, by night."""
        for page in self.pages:
            yield from ((night, f"{page.url} {face.value}") for night, face in page.faces if night or face.dead)
            yield from (
                (night, f"{page.url} says {figure} (printed: {page.printed})")
                for night, figure in page.figures
                if night or figure != page.printed
            )
        for host, outages in self.outages.items():
            yield from ((outage.start, f"{host} fails for {len(outage)} nights") for outage in outages)


def _latest(timeline: Sequence[tuple[int, T]], night: int) -> T:
    return [what for since, what in timeline if since <= night][-1]


def write_script(seed: int, nights: int, places: int = len(_PLACES)) -> Script:
    """A year drawn at random: half of the pages live in peace; the others die, come back, move, change figures."""
    chance = random.Random(seed)
    pages = []
    for number, place in enumerate(_PLACES[:places]):
        for thing in _THINGS:
            printed = chance.randint(110, 480)
            faces, figures = _story(chance, nights, printed)
            pages.append(Page(f"h{number}.example.test", place, thing, printed, faces, figures))
    outages: dict[str, tuple[range, ...]] = {}
    for host in sorted({page.host for page in pages}):
        if chance.random() < 0.5:
            start = chance.randint(1, nights)
            outages[host] = (range(start, start + chance.choice((1, 2, 5, 20, 40))),)
    stormy = frozenset(night for night in range(1, nights) if chance.random() < 0.04)
    late = tuple(chance.choice((0, 30, 60, 240)) for _ in range(nights))
    return Script(late, tuple(pages), outages, stormy)


def _story(
    chance: random.Random, nights: int, printed: int
) -> tuple[tuple[tuple[int, Face], ...], tuple[tuple[int, int], ...]]:
    faces: list[tuple[int, Face]] = [(0, Face.FINE)]
    figures: list[tuple[int, int]] = [(0, printed)]
    start = chance.choice((0, chance.randrange(nights), chance.randrange(nights)))
    later = start + chance.choice((1, 3, 9, 15, 30, 60))
    match chance.randrange(8):
        case 0:
            faces.append((start, chance.choice(DEAD)))
        case 1:
            faces += [(start, chance.choice(DEAD)), (later, Face.FINE)]
        case 2:
            faces += [(start, Face.MOVED), *([(later, chance.choice(DEAD))] if chance.random() < 0.5 else [])]
        case 3 | 4:
            # Near enough to be the same thing counted: how sure the checker is of any pair is not asked here.
            figures.append((start, printed + printed // 4 + chance.randint(11, 77)))
            if chance.random() < 0.5:
                figures.append((later, printed))
        case _:
            pass
    return tuple(faces), tuple(figures)


@dataclass(frozen=True, order=True)
class Told:
    """One line of a morning's digest: what is new under a code, or (code empty) what healed."""

    night: int
    url: str
    about: str
    code: str

    @property
    def words(self) -> str:
        """It as a person would say it, but for the night."""
        return f"{self.code or 'healed'} ({self.about}) {self.url}"


@dataclass
class _Link:
    """What is known of one page's link so far."""

    dead_checks: int = 0
    failed_checks: int = 0
    stage: str = ""

    def check(self, face: Face) -> str:
        """Take in one check and return the stage: every check comes three days or more after the last."""
        if face.served:
            self.dead_checks = self.failed_checks = 0
            self.stage = "link_moved" if face is Face.MOVED else ""
        elif face.dead:
            self.dead_checks += 1
            self.stage = "link_broken" if self.dead_checks >= CHECKS_NEEDED else "link_unconfirmed"
        else:
            self.failed_checks += 1
            if self.failed_checks >= CHECKS_NEEDED and self.dead_checks < CHECKS_NEEDED:
                self.stage = "link_unreachable"
        return self.stage


@dataclass
class Expectation:
    """What should be told, and on which stormy nights our network is down (five due hosts or more show it)."""

    told: list[Told] = field(default_factory=list)
    down: set[int] = field(default_factory=set)


ACCUSATIONS = ("link_broken", "figure_disagrees")


def expect(script: Script) -> Expectation:
    """Go through the year as the reference says it should be told."""
    expected = Expectation()
    due = dict.fromkeys(script.pages, 0)
    links = {page: _Link() for page in script.pages}
    open_figures: dict[Page, str] = {}
    captured: dict[tuple[Page, int], int] = {}
    supported: set[Page] = set()
    for night in range(script.nights):
        tonight = [page for page in script.pages if due[page] <= script.minute(night)]
        if night in script.stormy and len({page.host for page in tonight}) >= FEWEST_HOSTS:
            expected.down.add(night)
            continue
        for page in tonight:
            face = script.face(page, night)
            before = links[page].stage
            _note(expected, night, page, "link", before, links[page].check(face))
            due[page] = script.minute(night) + (LIVE if face.served else SUSPICIOUS)
            if face.served:
                figure = script.figure(page, night)
                near = captured.setdefault((page, figure), night) <= NEAR_NIGHTS
                accused = "figure_disagrees" if near else "figure_check"
                if figure == page.printed:
                    supported.add(page)
                if page in supported:
                    accused = "source_changed"
                was = open_figures.pop(page, "")
                now = "" if figure == page.printed else was or accused
                if now:
                    open_figures[page] = now
                _note(expected, night, page, "figure", was, now)
    expected.told.sort()
    return expected


def _note(expected: Expectation, night: int, page: Page, about: str, before: str, now: str) -> None:
    if before and not now:
        expected.told.append(Told(night, page.url, about, ""))
    elif now and (not before or (before in ACCUSATIONS) != (now in ACCUSATIONS)):
        expected.told.append(Told(night, page.url, about, now))
