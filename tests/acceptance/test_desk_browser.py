"""The desk in a real browser, against the real server, on the demo's store."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from db.store import Store
from tests.support.desks import JOB_COMMAND, PASSWORD, demo_settings, with_users
from tests.support.stores import cited, day, extraction, figure_finding, note, source
from verifier.demo import demo_paper
from verifier.model import Coverage, FindingState
from verifier.review.serving import Server
from verifier.runs import run
from verifier.settings import ReviewSettings

selenium = pytest.importorskip("selenium", reason="selenium is not installed: it is a development dependency")
from selenium import webdriver  # noqa: E402
from selenium.common.exceptions import StaleElementReferenceException  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM or not DRIVER, reason="no chromium with chromedriver is installed"),
]

PATIENCE = 60
"""Seconds that a page may take on a loaded machine."""


@pytest.fixture
def served(data, tmp_path) -> Iterator[tuple[str, Store]]:
    """The desk's address and its store, with two papers: more than ten findings."""
    settings = demo_settings(data)
    other = tmp_path / "second.pdf"
    other.write_bytes(demo_paper().read_bytes() + b"\n% other bytes: the same ones would be the same document\n")
    run([other], settings)
    with serve(data) as desk:
        yield desk


@contextmanager
def serve(data, **review) -> Iterator[tuple[str, Store]]:
    settings = demo_settings(data, review=ReviewSettings(port=0, **review))
    with Store.open(settings.store_url) as store:
        server = Server(settings, store, JOB_COMMAND)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield server.address, store
        server.close()
        thread.join(10)


@pytest.fixture
def open_browser() -> Iterator[Callable[..., webdriver.Chrome]]:
    """Opens browsers: open_browser(width, dark=True)."""
    opened = []

    def start(width: int = 1280, height: int = 900, *, dark: bool = False) -> webdriver.Chrome:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
        opened.append(driver)
        driver.set_page_load_timeout(PATIENCE)
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        return driver

    yield start
    for driver in opened:
        driver.quit()


def press(driver, *keys: str) -> None:
    """Press keys one after the other, wherever the focus is."""
    actions = webdriver.ActionChains(driver)
    for key in keys:
        actions.send_keys(key)
    actions.perform()


def wait_for(driver, condition):
    # A page that is just being left has elements no more: it is looked at again.
    patient = WebDriverWait(driver, PATIENCE, ignored_exceptions=[StaleElementReferenceException])
    return patient.until(lambda _: condition())


def pressed_on(driver, *keys: str) -> None:
    """Press keys that lead to another page, and wait for it."""
    before = driver.find_element(By.TAG_NAME, "html")
    press(driver, *keys)
    wait_for(driver, lambda: driver.find_element(By.TAG_NAME, "html") != before)
    wait_for(driver, lambda: driver.execute_script("return document.readyState") == "complete")


def states(store: Store) -> list[FindingState]:
    return [found.state for found in store.findings.list()]


def test_ten_findings_are_decided_by_keyboard_alone(served, open_browser):
    address, store = served
    driver = open_browser()
    driver.get(address)
    assert len(driver.find_elements(By.CSS_SELECTOR, "a[data-row]")) == len(store.findings.list()) > 10
    press(driver, "j", "j", "k")
    pressed_on(driver, Keys.ENTER)
    for _ in range(4):
        pressed_on(driver, "a")
    for _ in range(3):
        press(driver, "d")
        pressed_on(driver, "Rounded as is usual here", Keys.ENTER)
    press(driver, "q")
    pressed_on(driver, Keys.TAB, Keys.TAB, Keys.ENTER)
    pressed_on(driver, "s")
    pressed_on(driver, "s")
    found = states(store)
    assert found.count(FindingState.ACCEPTED) == 4
    assert found.count(FindingState.DISMISSED) == 3
    assert found.count(FindingState.QUERIED) == 1
    assert found.count(FindingState.SNOOZED) == 2
    pressed_on(driver, "u")
    wait_for(driver, lambda: states(store).count(FindingState.SNOOZED) == 1)
    pressed_on(driver, "j")
    pressed_on(driver, "k")
    press(driver, "?")
    assert driver.find_element(By.ID, "keys").is_displayed()
    assert not [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]


def test_back_in_the_queue_the_keys_go_on_where_they_were(served, open_browser):
    address, _ = served
    driver = open_browser()
    driver.get(address)
    press(driver, "j", "j", "j")
    third = driver.switch_to.active_element.get_attribute("href")
    pressed_on(driver, Keys.ENTER)
    driver.find_element(By.CSS_SELECTOR, ".steps a").click()
    wait_for(driver, lambda: driver.switch_to.active_element.get_attribute("href") == third)
    driver.get(driver.find_elements(By.CSS_SELECTOR, "a[data-row]")[-1].get_attribute("href"))
    driver.find_element(By.PARTIAL_LINK_TEXT, "note ").click()
    wait_for(driver, lambda: "every note" in driver.page_source)
    wait_for(driver, lambda: driver.switch_to.active_element.get_attribute("id") == driver.current_url.split("#")[1])


def test_the_passage_and_the_clause_are_in_view(served, open_browser):
    address, _ = served
    driver = open_browser()
    driver.get(address)
    pressed_on(driver, "j", Keys.ENTER)
    box = driver.find_element(By.CSS_SELECTOR, ".page-box")
    wait_for(driver, lambda: driver.execute_script("return arguments[0].scrollTop", box) > 50)
    frame = driver.find_element(By.CSS_SELECTOR, "iframe.source")
    driver.switch_to.frame(frame)
    top = driver.execute_script("return document.getElementById('passage').getBoundingClientRect().top")
    height = driver.execute_script("return document.documentElement.clientHeight")
    assert 0 <= top < height


def test_a_pdf_is_uploaded_and_its_progress_watched(served, open_browser, tmp_path):
    address, _ = served
    driver = open_browser()
    driver.get(f"{address}/upload")
    paper = shutil.copy(demo_paper(), tmp_path / "third.pdf")
    driver.find_element(By.NAME, "pdf").send_keys(str(paper))
    driver.find_element(By.CSS_SELECTOR, "main button.primary").click()
    wait_for(driver, lambda: "See what was found" in driver.find_element(By.TAG_NAME, "main").text)
    driver.find_element(By.LINK_TEXT, "See what was found").click()
    assert re.search(r"\d+ of \d+ figures compared", driver.find_element(By.TAG_NAME, "main").text)


def test_a_blocked_source_is_pasted_and_compared(served, open_browser):
    address, _ = served
    driver = open_browser()
    driver.get(f"{address}/?code=link_blocked")
    pressed_on(driver, "j", Keys.ENTER)
    driver.find_element(By.NAME, "pasted").send_keys("The Courier has counted 91 unplanned closures since winter 2022.")
    driver.find_element(By.CSS_SELECTOR, ".offer button").click()
    wait_for(driver, lambda: "See what was found" in driver.find_element(By.TAG_NAME, "main").text)
    driver.find_element(By.LINK_TEXT, "See what was found").click()
    assert "19 unplanned closures" in driver.find_element(By.TAG_NAME, "main").text  # what disagrees with it
    pressed_on(driver, "j", Keys.ENTER)
    assert "91 unplanned closures" in driver.find_element(By.TAG_NAME, "main").text


def test_a_host_is_dismissed_at_once_and_undone(served, open_browser):
    address, store = served
    driver = open_browser()
    driver.get(f"{address}/?host=bridges.example.test")
    driver.find_element(By.PARTIAL_LINK_TEXT, "Decide about all").click()
    press(driver, "d")
    driver.execute_script("document.querySelector('[name=until]').value = '2099-01-01'")
    pressed_on(driver, "the site is being rebuilt", Keys.ENTER)
    assert "dismissed until" in driver.page_source
    there = [found for found in store.findings.list() if "//bridges.example.test/" in (found.finding.url or "")]
    assert {found.state for found in there} == {FindingState.DISMISSED}
    assert states(store).count(FindingState.DISMISSED) == len(there) > 3
    pressed_on(driver, "u")
    assert states(store).count(FindingState.DISMISSED) == 0


def test_documents_are_offered_while_typing_and_the_page_turns_beside_its_notes(served, open_browser):
    address, _ = served
    driver = open_browser()
    driver.get(address)
    driver.find_element(By.NAME, "docs").send_keys("pap")
    wait_for(driver, lambda: driver.find_elements(By.CSS_SELECTOR, "#document-choices a"))
    driver.find_element(By.CSS_SELECTOR, "#document-choices a").click()
    wait_for(driver, lambda: "in reading order" in driver.page_source)
    driver.get(f"{address}/documents/1/notes")
    picture = driver.find_element(By.CSS_SELECTOR, "img[data-page-picture]")
    driver.find_element(By.CSS_SELECTOR, "[data-turns-by]").click()
    assert picture.get_attribute("src").endswith("/2.png")
    press(driver, "j", "j")
    assert driver.switch_to.active_element.get_attribute("id") == "note-fn-2"
    wait_for(driver, lambda: picture.get_attribute("src").endswith("/1.png"))
    last = driver.find_elements(By.CSS_SELECTOR, ".block summary")[-1]
    driver.execute_script("arguments[0].focus()", last)
    wait_for(driver, lambda: picture.get_attribute("src").endswith("/3.png"))
    wait_for(driver, lambda: driver.execute_script("return arguments[0].naturalWidth", picture) > 500)
    assert not [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]


def test_two_editors_meet(data, open_browser):
    with_users(data, Ana="editor", Ben="editor")
    with serve(data) as (address, store):
        browsers = [open_browser(), open_browser()]
        for driver, name in zip(browsers, ("Ana", "Ben"), strict=True):
            driver.get(address)
            driver.find_element(By.NAME, "name").send_keys(name)
            driver.find_element(By.NAME, "password").send_keys(PASSWORD, Keys.ENTER)
            wait_for(driver, lambda driver=driver: driver.find_elements(By.CSS_SELECTOR, "a[data-row]"))
            pressed_on(driver, "j", Keys.ENTER)
        ana, ben = browsers
        assert "Ana is looking at this too" in ben.find_element(By.ID, "others").text
        ana.get(address)
        assert "Ben has it open" in ana.find_element(By.CSS_SELECTOR, ".badge.present").text
        pressed_on(ana, "j", Keys.ENTER)
        pressed_on(ben, "a")
        wait_for(ana, lambda: "Ben accepted" in ana.find_element(By.ID, "others").text)
        press(ana, "d")
        pressed_on(ana, "no fault", Keys.ENTER)
        assert "somebody was quicker" in ana.page_source
        assert states(store).count(FindingState.ACCEPTED) == 1


PAGES = (
    "/",
    "/?state=any&q=bridge",
    "/?q=there-is-no-such-word",
    "/?document=1&docs=paper&severity=low&host=bridges.example.test",
    "/findings/{figure_disagrees}",
    "/findings/{figure_disagrees}?tab=look",
    "/findings/{link_blocked}",
    "/findings/{link_moved}",
    "/findings/{link_unconfirmed}",
    "/findings/{quote_differs}",
    "/findings/{work_other}",
    "/findings/{document_inconsistent}",
    "/findings/{source_not_given}",
    "/documents",
    "/documents?q=there-is-no-such-document",
    "/documents/1",
    "/documents/1/notes",
    "/documents/1/notes?show=not_checked",
    "/documents/1/notes?show=figures_not_found",
    "/documents/1/parts/0",
    "/documents/1/parts/1?tab=text",
    "/sources",
    "/sources/1",
    "/upload",
    "/batch?host=bridges.example.test",
    "/rules",
    "/rules/new?code=link_blocked&host=courier.example.test",
    "/letters",
    "/documents/1/letter",
    "/activity",
    "/nowhere",
)
SCREENS = [(1280, False), (1280, True), (390, False), (390, True)]


def faults_of(driver) -> list[str]:
    """What axe says of the page with all that can be unfolded unfolded, and by how much it is too wide."""
    axe_selenium = pytest.importorskip("axe_selenium_python", reason="axe is not installed: a development dependency")
    wait_for(driver, lambda: driver.execute_script("return document.readyState") == "complete")
    axe_selenium.Axe(driver).inject()
    driver.execute_script("for (const part of document.querySelectorAll('main details')) part.open = true")
    violations = driver.execute_async_script(
        "axe.run(document, {iframes: false}).then((told) => arguments[0](told.violations))"
    )
    faults = [f"{v['id']}: {[node['html'][:120] for node in v['nodes']]}" for v in violations]
    overflow = driver.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    return faults + [f"{overflow} pixels too wide"] * (overflow > 0)


@pytest.mark.parametrize(("width", "dark"), SCREENS)
def test_every_page_is_accessible_and_fits(served, open_browser, width, dark):
    address, store = served
    found = {f.finding.code.value: f.finding.fingerprint for f in store.findings.list()}
    driver = open_browser(width, dark=dark)
    faults = {}
    for page in PAGES:
        driver.get(address + page.format(**found))
        faults[page] = faults_of(driver)
    assert not {page: said for page, said in faults.items() if said}


@pytest.mark.parametrize(("width", "dark"), SCREENS)
def test_long_words_and_other_scripts_fit(data, open_browser, width, dark):
    with serve(data) as (address, store):
        long_store(store)
        driver = open_browser(width, dark=dark)
        faults = {}
        for page in ("/", "/findings/long0", "/findings/long1", "/documents", "/documents/{0}", "/documents/{0}/notes"):
            driver.get(address + page.format(store.documents.current()[-1].id))
            faults[page] = faults_of(driver)
        assert not {page: said for page, said in faults.items() if said}
        said = driver.execute_script("return document.querySelector('.page-side .nothing').textContent")
        assert "cannot be shown" in said, "the kept copy is not there"
        driver.get(f"{address}/findings/long1")
        quote = driver.find_element(By.CSS_SELECTOR, "blockquote.sentence")
        assert driver.execute_script("return getComputedStyle(arguments[0]).unicodeBidi", quote) == "plaintext"
        assert quote.find_elements(By.XPATH, "//h1//bdi")


def long_store(store: Store) -> None:
    """Documents with a name of one long word, and with one that runs from right to left."""
    names = ["Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2, "تقرير عن الجسور"]
    run = store.runs.begin("nightly", [], day(0)).id
    for number, name in enumerate(names):
        url = f"http://a.test/{number}/" + "einsehrlangerpfad" * 12
        long = note(1, [url], sentence=f"{name} sagt 5 Prozent.")
        path = f"{'unterverzeichnis' * 6}/{number}.pdf"
        document = store.documents.record_edition("papers", path, f"{number}" * 64, day(0))
        read = extraction(f"{number}" * 64, long)
        read = replace(read, document=replace(read.document, title=name))
        store.documents.save_extraction(read, [cited(0, source(url))], day(0))
        message = f'The text at note 1 says 5 Prozent; the source says "{name}" ({name}).'
        finding = replace(figure_finding(f"long{number}"), message=message, url=url, sentence=long.anchors[0].sentence)
        store.findings.save_document_result(document.id, run, "key", [], [finding], Coverage(), day(0))
