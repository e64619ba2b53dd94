"""A morning at the desk in a real browser: forty findings, by keyboard, with every key and click counted."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from db.store import Store
from tests.acceptance.test_desk_browser import SCREENS, By, Keys, faults_of, open_browser, press, serve, wait_for
from tests.support.desks import demo_settings
from tests.support.stores import day, figure_finding, note, publish
from verifier.model import Coverage, FindingState

__all__ = ["open_browser"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM or not shutil.which("chromedriver"), reason="no chromium with chromedriver"),
]

MOST_PRESSED = 90
"""Keys and clicks, besides words that are typed, that forty findings may take."""


@dataclass
class Hands:
    """Somebody at a keyboard: counts what they press and click, but not the words they type."""

    driver: object
    pressed: int = 0

    def key(self, *keys: str) -> None:
        self.pressed += len(keys)
        press(self.driver, *keys)

    def type(self, words: str) -> None:
        press(self.driver, words)

    def leads_on(self, *keys: str) -> None:
        """Press keys, the last of which leads to another page, and wait for it."""
        before = self.driver.find_element(By.TAG_NAME, "html")
        self.key(*keys)
        wait_for(self.driver, lambda: self.driver.find_element(By.TAG_NAME, "html") != before)
        wait_for(self.driver, lambda: self.driver.execute_script("return document.readyState") == "complete")

    def tick(self, many: int) -> None:
        self.key(*["x"] * many)
        wait_for(self.driver, lambda: self.driver.find_element(By.CSS_SELECTOR, "[data-count]").text == str(many))


@pytest.fixture
def forty(tmp_path, clean_environment) -> Iterator[tuple[str, Store]]:
    """A desk with one document and forty findings about it."""
    data = tmp_path / "data"
    with Store.open(demo_settings(data).store_url) as store:
        document = publish(store, "paper.pdf", "sha", note(1, ["http://a.test/x"]))
        run = store.runs.begin("nightly", [], day(0)).id
        found = [figure_finding(f"{number:02}", page=number) for number in range(40)]
        store.findings.save_document_result(document.id, run, "key", [], found, Coverage(), day(0))
    with serve(data) as desk:
        yield desk


def counts(store: Store) -> dict[FindingState, int]:
    states = [found.state for found in store.findings.list()]
    return {state: states.count(state) for state in set(states)}


def test_forty_findings_before_lunch(forty, open_browser):
    address, store = forty
    driver = open_browser()
    driver.get(address)
    hands = Hands(driver)
    hands.tick(20)
    hands.leads_on("a")
    hands.tick(10)
    hands.key("d")
    hands.type("Rounded as is usual here")
    hands.leads_on(Keys.ENTER)
    hands.tick(5)
    hands.leads_on("q")
    assert driver.find_element(By.NAME, "subject").get_attribute("value") == "5 questions about “A title”"
    hands.leads_on("w")
    assert "5. " in driver.find_element(By.ID, "letter").get_attribute("value")
    hands.leads_on("j")
    hands.tick(5)
    hands.key("g")
    hands.type("Ben")
    hands.leads_on(Keys.ENTER)
    assert counts(store) == {
        FindingState.ACCEPTED: 20,
        FindingState.DISMISSED: 10,
        FindingState.QUERIED: 5,
        FindingState.OPEN: 5,
    }
    assert set(store.assignments.assignees().values()) == {"Ben"}
    assert len(store.assignments.assignees()) == 5
    assert [len(letter.questions) for letter in store.letters.of_document(1)] == [5]
    assert hands.pressed <= MOST_PRESSED
    assert not [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
    hands.leads_on("u")
    assert store.assignments.assignees() == {}


PAGES = (
    "/",
    "/batch",
    "/batch?state=any&f1=1&f2=1",
    "/findings/00",
    "/findings/01",
    "/rules",
    "/rules/new?code=link_blocked&host=a.test",
    "/letters",
    "/documents/1/letter",
    "/letters/{letter}",
    "/activity",
    "/activity?day={day}",
)


@pytest.mark.parametrize(("width", "dark"), SCREENS)
def test_every_page_of_the_team_is_accessible_and_fits(forty, open_browser, tmp_path, width, dark):
    address, store = forty
    driver = open_browser(width, dark=dark)
    letter = fill(store)
    for number, page in enumerate(PAGES):
        driver.get(address + page.format(letter=letter, day=f"{day(1):%Y-%m-%d}"))
        if page == "/":
            press(driver, "x", "x", "g")
        faults = faults_of(driver)
        driver.save_screenshot(str(tmp_path / f"{number:02}-{width}-{'dark' if dark else 'light'}.png"))
        assert not faults, f"{page}: {faults}"


def fill(store: Store) -> str:
    """Something of everything; the id of a letter."""
    from db.assignments import NewAssignment
    from db.letters import NewLetter
    from db.review_queue import QueueFilter
    from db.reviews import NewReview
    from db.rules import NewRule
    from verifier.model import Decision, FindingCode

    ids = store.queue.ids(QueueFilter())
    accept = NewReview(Decision.ACCEPT, "Ana", "as the report says", "accepted", right_value="6 million")
    store.findings.add_reviews(ids[:1], accept, day(1))
    store.findings.add_reviews(ids[1:3], NewReview(Decision.QUERY, "Ana", "", "queried", question="Is it 6?"), day(1))
    store.findings.add_reviews(ids[3:4], NewReview(Decision.QUERY, "Ben", "", "late", day(2), question="?"), day(1))
    store.assignments.assign(ids[4:8], NewAssignment("Ben", "Ana", "given", "your field"), day(1))
    store.discussions.say("01", "Ben", "I have\nno idea.", "said", day(1))
    rule = NewRule(
        code=FindingCode.LINK_BLOCKED,
        why="they let nobody in",
        reviewer="Ana",
        request_token="rule",
        host="a.test",
        expires_at=day(900),
    )
    store.rules.set(rule, day(1))
    asked = tuple((question.review_id, "Is it 6?") for question in store.letters.questions(1))
    letter = NewLetter(1, "Dr Who", "who@uni.test", "2 questions", "Dear Dr Who,", "Ana", asked, "Ana", "letter")
    return store.letters.write(letter, day(1))
