# ruff: noqa: E501 - tables of pages: a case is a line
"""Soft 404s in many languages and makes, told from real pages that only look a little like them."""

from collections.abc import Iterator

import pytest

from tests.support.hostile_cases import ARTICLE_TEXT, Case, article, served, short_page, verdict
from tests.support.hostile_web import HostileWeb, answer, redirect
from verifier.resolver import WebSession

CITED = "/reports/bridges-in-traffic"
DEAD = "broken/soft_404"
FINE = "ok/served"

# (language, title, heading, text): the host answers 200 with this to any address.
LANGUAGES = [
    ("en", "Page not found", "Page not found", "Sorry, the page you are looking for does not exist."),
    ("de", "Seite nicht gefunden", "Seite nicht gefunden", "Die angeforderte Seite wurde leider nicht gefunden."),
    ("fr", "Page introuvable", "Page introuvable", "La page que vous recherchez n'existe plus."),
    ("es", "Página no encontrada", "Lo sentimos", "La página que busca no existe o ha cambiado de dirección."),
    ("pt", "Página não encontrada", "Ops", "A página que você procura não foi encontrada."),
    ("it", "Pagina non trovata", "Attenzione", "La pagina che stai cercando non esiste."),
    ("nl", "Pagina niet gevonden", "Helaas", "Deze pagina bestaat niet meer."),
    ("pl", "Nie znaleziono strony", "Błąd 404", "Strona, której szukasz, nie istnieje."),
    ("cs", "Stránka nenalezena", "Chyba 404", "Požadovaná stránka nebyla nalezena."),
    ("sv", "Sidan kunde inte hittas", "Hoppsan", "Sidan du söker finns inte längre."),
    ("da", "Siden blev ikke fundet", "Siden findes ikke", "Prøv forsiden."),
    ("no", "Siden finnes ikke", "Fant ikke siden", "Gå til forsiden."),
    ("fi", "Sivua ei löytynyt", "Sivua ei löytynyt", "Hakemaasi sivua ei ole."),
    ("hu", "Az oldal nem található", "Hiba", "A keresett oldal nem található."),
    ("ro", "Pagina nu a fost găsită", "Eroare 404", "Pagina căutată nu există."),
    ("el", "Η σελίδα δεν βρέθηκε", "Σφάλμα 404", "Η σελίδα που ζητήσατε δεν υπάρχει."),
    ("tr", "Sayfa bulunamadı", "404", "Aradığınız sayfa bulunamadı."),
    ("ru", "Страница не найдена", "Ошибка 404", "Запрашиваемая страница не существует."),
    ("uk", "Сторінку не знайдено", "Помилка 404", "Такої сторінки немає."),
    ("ja", "ページが見つかりません", "お探しのページは見つかりませんでした", "URLをご確認ください。"),
    ("zh", "页面不存在", "404", "您访问的页面不存在或已删除。"),
    ("ko", "페이지를 찾을 수 없습니다", "404", "요청하신 페이지를 찾을 수 없습니다."),
    ("ar", "الصفحة غير موجودة", "404", "الصفحة المطلوبة غير موجودة"),
    ("he", "הדף לא נמצא", "אופס", "הדף המבוקש לא נמצא"),
    ("id", "Halaman tidak ditemukan", "Ups", "Halaman yang Anda cari tidak ditemukan."),
    ("vi", "Không tìm thấy trang", "Lỗi 404", "Trang bạn tìm không tồn tại."),
    ("ca", "Pàgina no trobada", "Error 404", "La pàgina no existeix."),
]


def everywhere(name: str, page: str, expected: str = DEAD, target: str = CITED) -> Case:
    return Case(name, expected, target=target, others=answer(page))


def only_here(name: str, page: str | bytes, expected: str = FINE, target: str = CITED, kind: str = "text/html") -> Case:
    return Case(name, expected, {target: answer(page, content_type=kind)}, target)


RESULTS = "<title>Search results | Archive</title><h1>Search results</h1><p>Your search for “toll” did not match any documents.</p>"
UNKNOWN = short_page("Example Society", "Aia ʻaʻole", "ʻAʻole loaʻa ka ʻaoʻao āu e ʻimi nei ma kēia kahua pūnaewele.")

DEAD_PAGES = [
    *[everywhere(f"says-{lang}", short_page(f"{title} | Example", heading, text, lang)) for lang, title, heading, text in LANGUAGES],
    *[only_here(f"here-{lang}", short_page(f"{title} | Example", heading, text, lang), DEAD)
      for lang, title, heading, text in LANGUAGES[:7]],
    everywhere("unknown-language", UNKNOWN),
    everywhere("number-only", short_page("404", "404", "Nothing at this address. Go home.")),
    everywhere("in-the-heading-only", short_page("Example Society", "Sorry, we can't find that page", "Try the menu.")),
    everywhere("in-the-text-only", short_page("Example Society", "Hello", "Unfortunately the requested document could not be found on this server.")),
    everywhere("oops", short_page("Oops! | Example", "Oops!", "We can't seem to find the page you're looking for.")),
    everywhere("with-much-furniture", short_page("Page not found", "Page not found", "Sorry.", extra="".join(
        f"<ul><li><a href=/{i}>Our other pages number {i}</a></ul>" for i in range(20)))),
    only_here("article-removed", short_page("Example Daily", "This article has been removed", "It was taken down at its author's wish."), DEAD),
    only_here("content-gone", short_page("Content unavailable", "This content is no longer available", "It has expired."), DEAD),
    only_here("video-gone", short_page("Video unavailable", "Video unavailable", "This video has been removed by the uploader."), DEAD),
    only_here("empty-results", RESULTS, DEAD, target="/search?q=toll"),
    everywhere("by-class", '<html><title>Example</title><body class="error404 wide"><h1>Hmm</h1><p>Nope, nothing to be had at this place today.</p></body>'),
    everywhere("by-state", '<title>Example</title><h1>Hmm</h1><p>Nothing to be had at this place, please turn around now.</p>'
               '<script id=__NEXT_DATA__ type=application/json>{"page":"/404","props":{}}</script>'),
    only_here("app-shell-says-so", '<title>Page not found</title><div id=root><h1>404</h1><p>This page could not be found.</p></div>'
              "<script src=/app.js></script>", DEAD),
    only_here("no-results-for", short_page("Search", "0 results for “toll”", "Try other words."), DEAD, target="/find?q=toll"),
    everywhere("silent-app-shell", '<title>Page not found</title><div id=root></div><script src="/app.js"></script>'),
    only_here("among-many-links", short_page("Story no longer available | Daily", "This story is no longer available", "Read on:", extra="".join(f"<li><a href=/{i}>Another story of the day, with a headline of some length, number {i}</a>" for i in range(60))), DEAD),
    everywhere("in-a-template", article("Example Daily").replace("<article>", "<article><h2>Sorry, this page does not exist</h2>").replace("bridges", "wharves").replace("traffic", "trade")),
    only_here("pdf-address", short_page("Example Society", "Document not found", "The file you requested is not available."), DEAD, "/files/report-2019.pdf"),
    Case("pdf-type-but-not-found", DEAD, {"/r.pdf": answer(short_page("File not found", "File not found"), content_type="application/pdf")}, "/r.pdf"),
    only_here("plain-text", "404 page not found\n", DEAD, kind="text/plain"),
    only_here("json", '{"status": 404, "error": "Not Found", "path": "/x"}', DEAD, kind="application/json"),
    everywhere("after-a-redirect", short_page("Page not found", "Page not found", "Sorry."), target="/old/page"),
    Case("moved-to-nowhere", DEAD, {CITED: redirect("/en" + CITED, 301)},
         others=answer(short_page("Page not found", "Page not found", "Sorry."))),
]  # fmt: skip

REAL_PAGES = [
    only_here("plain-article", article()),
    only_here("about-404-pages", article("How to design a good 404 page", extra="<p>When a page is not found, say so.</p>")),
    only_here("about-not-found-errors", article("Page not found: why a third of all links in court opinions are dead")),
    only_here("called-not-found", article("Not Found", extra="<p>A play in three acts.</p>")),
    only_here("called-404", short_page("404 | Encyclopedia of music", "404", "404 is a duo from Leipzig that has played since 1999.")),
    only_here("news-of-a-removed-page", short_page("City news", "Council restores its archive",
              "After the old page was removed in spring, readers complained; the archive is now complete and open to all.")),
    only_here("faq", article("Frequently asked questions", extra="<h2>Page not found?</h2><p>Tell us of broken links.</p>")),
    only_here("very-short", "<title>Answer</title><p>42</p>"),
    only_here("two-words", "hello world", kind="text/plain"),
    only_here("short-note", short_page("Notice 12", "Notice 12", "The ferry will not run on Monday.")),
    only_here("a-list-without-results", article("Results of the elections", extra="<p>No results found for two wards yet.</p>")),
    only_here("short-glossary", short_page("Glossary", "Missing value", "A value that was not found in the record is coded as missing.")),
    only_here("query-chooses-the-page", article(), target="/show?id=17"),
    only_here("address-says-404", article("Road 404 reopens"), target="/roads/404-reopens"),
    only_here("class-like-its-address", '<title>Road 404</title><body id=page-404><h1>Road 404</h1><p>Opened again.</p>', target="/roads/page-404"),
    Case("slug-does-not-matter", FINE, {"/questions/4711/page-not-found-after-update": answer(article("Page not found after update"))},
         "/questions/4711/page-not-found-after-update"),
    everywhere("one-page-app-with-content", article("The whole book on one page"), FINE),
    Case("folder-finds-the-page", FINE, {}, "/item/4711/view",
         others=lambda sock, request: sock.sendall(
             answer(short_page("Item 4711", "A toll ticket", "Of 1931.")) if request.target.startswith("/item/4711/")
             else answer("<h1>No such item</h1>", 404))),
    only_here("directory", "<title>Index of /data</title><h1>Index of /data</h1><pre><a href=a.csv>a.csv</a></pre>", target="/data/"),
    only_here("image-only", "<title>Map</title><img src=map.png alt=map>"),
    only_here("frameset", "<html><head><title>Minutes</title></head><frameset cols=1><frame src=a.html></frameset></html>"),
    only_here("csv", "year,count\n2019,404\n2020,not found\n", kind="text/csv"),
    only_here("figures-of-404", short_page("Figures", "Deaths by district", "In all 404 people died; 12 were not found.")),
    Case("home-page-of-a-catch-all", FINE, target="/", others=answer(short_page("Example", "Welcome", "Short and real."))),
    only_here("long-in-chinese", f"<html lang=zh><title>关于页面不存在的研究</title><h1>关于页面不存在的研究</h1>{'<p>本文讨论网页失效的原因与对策。</p>' * 200}"),
    only_here("no-title", f"<p>{ARTICLE_TEXT}</p>"),
]  # fmt: skip

CASES = DEAD_PAGES + REAL_PAGES


@pytest.fixture(scope="module")
def web() -> Iterator[tuple[HostileWeb, WebSession]]:
    with served(CASES) as running:
        yield running


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_soft_404(web: tuple[HostileWeb, WebSession], case: Case) -> None:
    assert verdict(case, web[1]) == case.expected
