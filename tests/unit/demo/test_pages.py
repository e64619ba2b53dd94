"""The demo's sites are whole: everything is packaged, linked pages exist, and each page looks like one."""

import re
import tomllib
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from verifier.demo.pages import MEDIA_TYPES, PUBLISHED, REDIRECTS, SOFT_404_HOSTS, WALLED_HOSTS, Pages

ROOT = Path(__file__).parents[3]
PAGES = Pages()
HTML = [address for address in PAGES.addresses if address.endswith(".html")]


def body_of(address: str) -> str:
    host, _, path = address.removeprefix("http://").partition("/")
    return (ROOT / "verifier/demo/sites" / host / path).read_text(encoding="utf-8")


def test_every_file_is_served_under_a_known_type_and_packaged() -> None:
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["verifier"]
    suffixes = {Path(address).suffix for address in PAGES.addresses}
    assert suffixes <= set(MEDIA_TYPES)
    assert {f"**/*{suffix}" for suffix in suffixes} <= set(packaged)


def test_the_sites_on_disk_are_what_is_served() -> None:
    sites = ROOT / "verifier/demo/sites"
    on_disk = sorted(f"http://{path.relative_to(sites).as_posix()}" for path in sites.rglob("*") if path.is_file())
    assert list(PAGES.addresses) == on_disk


def test_the_tables_speak_of_sites_that_exist() -> None:
    hosts = {urlsplit(address).hostname for address in PAGES.addresses}
    assert hosts == PUBLISHED.keys() | WALLED_HOSTS
    assert hosts >= SOFT_404_HOSTS | {host for host, _ in REDIRECTS}


@pytest.mark.parametrize("address", HTML)
def test_what_a_page_links_to_is_served(address: str) -> None:
    for link in re.findall(r'href="([^"#]+)"', body_of(address)):
        target = urlsplit(urljoin(address, link))
        host, name = str(target.hostname), target.path + ("index.html" if target.path.endswith("/") else "")
        assert f"http://{host}{name}" in PAGES.addresses, link


@pytest.mark.parametrize("address", HTML)
def test_a_page_is_a_whole_document_with_a_title(address: str) -> None:
    page = body_of(address)
    assert page.startswith("<!DOCTYPE html>\n")
    assert page.endswith("</html>\n")
    assert re.search(r"<title>[^<]+</title>", page)
    for element in ("main", "article", "table", "p", "ul", "li", "div", "section", "h1", "h2", "td", "th", "tr"):
        assert len(re.findall(rf"<{element}[ >]", page)) == page.count(f"</{element}>"), element


@pytest.mark.parametrize("host", sorted(PUBLISHED))
def test_every_open_site_has_a_home_page_and_a_page_for_missing_pages(host: str) -> None:
    assert {f"http://{host}/index.html", f"http://{host}/404.html"} <= set(PAGES.addresses)


@pytest.mark.parametrize("address", HTML)
def test_a_table_has_as_many_cells_in_each_row_as_heads(address: str) -> None:
    for table in re.findall(r"<table>.*?</table>", body_of(address), re.DOTALL):
        rows = [len(re.findall(r"<t[hd][ >]", row)) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)]
        assert len(rows) > 2
        assert set(rows) == {rows[0]}
