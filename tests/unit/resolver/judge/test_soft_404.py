"""What a page says of being missing, as sites of many languages word it, and what says no such thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile_cases import article, short_page
from verifier.resolver.judge.page import read_page
from verifier.resolver.judge.phrases import patterns_of, plain, read_patterns, segments
from verifier.resolver.judge.soft_404 import ENOUGH, is_soft_404, suspicion_of

ADDRESS = "http://example.test/reports/bridges-in-traffic"

ENOUGH_ALONE = [
    "The resource you are looking for has been removed, had its name changed, or is temporarily unavailable.",
    "Hmm...this page doesn’t exist. Try searching for something else.",
    "Sorry, the page you requested was not found",
    "The page cannot be found",
    "We're sorry, but that page isn't here anymore",
    "Whoops! That page can't be found",
    "This page isn't available",
    "Sorry, this page isn't available.",
    "This account doesn’t exist",
    "Error: Document not found",
    "Dieser Artikel ist nicht mehr verfügbar",
    "Cette page n'existe pas ou plus",
    "La página que buscas ya no está aquí",
    "Item not found",
    "The item you requested does not exist",
    "Invalid identifier",
    "The page you were looking for is no longer here",
    "Publication not found",
    "Record not found",
    "This job posting has expired",
    "This job is no longer available",
    "The page requested couldn't be found",
    "You've reached a dead end",
    "Uh oh. That page doesn't exist",
    "Nothing Found",
    "It seems we can’t find what you’re looking for. Perhaps searching can help.",
    "The article you requested has been archived or removed",
    "This story is no longer available",
    "Content not available",
    "Reason: ID was not an accessible page.",
    "找不到網頁",
    "很抱歉，您要訪問的頁面不存在",
    "お探しのページは削除されたか、移動した可能性があります",
    "このページは存在しません",
    "指定されたページは見つかりませんでした",
    "ページが見つかりませんでした",
    "죄송합니다. 요청하신 페이지를 찾을 수 없습니다",
    "페이지가 존재하지 않습니다",
    "यह पृष्ठ उपलब्ध नहीं है",
    "Trang bạn yêu cầu không tồn tại",
    "صفحه مورد نظر یافت نشد",
    "Stranica nije pronađena",
    "Tražena stranica ne postoji",
    "Die gesuchte Seite existiert nicht (mehr)",
    "Diese Seite konnte leider nicht gefunden werden",
    "Die von Ihnen aufgerufene Seite ist nicht vorhanden",
    "Seite nicht verfügbar",
    "Oh nein! Diese Seite gibt es nicht",
    "Ups, diese Seite gibt es nicht mehr",
    "Inhalt nicht gefunden",
    "Der gewünschte Artikel wurde nicht gefunden",
    "Fehler 404 - Seite nicht gefunden",
    "Oups ! Cette page n'existe pas",
    "La page demandée est introuvable",
    "La page que vous avez demandée n'a pas été trouvée",
    "Désolé, cette page est introuvable",
    "Erreur 404 : page non trouvée",
    "Le document demandé n'existe plus",
    "Contenu introuvable",
    "La página solicitada no existe",
    "¡Ups! Página no encontrada",
    "No hemos podido encontrar la página que buscas",
    "Lo sentimos, no encontramos la página",
    "Error 404: página no encontrada",
    "El contenido que buscas no está disponible",
    "Página não existe",
    "A página que procura não está disponível",
    "Ops! Página não encontrada",
    "Pagina inesistente",
    "Spiacenti, la pagina richiesta non è stata trovata",
    "La pagina che cercavi non esiste",
    "Siamo spiacenti, la pagina non esiste più",
    "De pagina die u zoekt bestaat niet",
    "Deze pagina is niet gevonden",
    "Oeps! Deze pagina bestaat niet",
    "Sorry, deze pagina kan niet worden gevonden",
    "Strona o podanym adresie nie istnieje",
    "Przepraszamy, nie znaleziono strony",
    "Strona nie została odnaleziona",
    "Stránka neexistuje",
    "Je nám líto, stránka nebyla nalezena",
    "Hoppsan! Sidan hittades inte",
    "Vi kunde inte hitta sidan du söker",
    "Sidan finns inte",
    "Vi kunne ikke finde siden",
    "Siden blev ikke fundet",
    "Denne siden finnes ikke",
    "Vi finner ikke siden du leter etter",
    "Sivua ei valitettavasti löytynyt",
    "Etsimääsi sivua ei löydy",
    "A keresett oldal nem található",
    "Ne pare rău, pagina nu a fost găsită",
    "Η σελίδα δεν υπάρχει",
    "Aradığınız sayfayı bulamadık",
    "Üzgünüz, aradığınız sayfa bulunamadı",
    "К сожалению, запрашиваемая страница не найдена",
    "Такой страницы не существует",
    "Страница не существует или была удалена",
    "Страница удалена",
    "На жаль, сторінку не знайдено",
    "抱歉，您访问的页面不存在",
    "对不起，找不到该页面",
    "您要查看的页面不存在或已被删除",
    "该文章已被删除",
    "该内容已被作者删除",
    "哎呀，页面不见了",
    "عذراً، الصفحة غير موجودة",
    "عذرا، الصفحة التي تبحث عنها غير موجودة",
    "לא מצאנו את הדף",
    "מצטערים, הדף לא נמצא",
    "Maaf, halaman yang Anda cari tidak ditemukan",
    "Rất tiếc, trang bạn tìm không tồn tại",
    "Page Not Found (404)",
    "HTTP Error 404.0 - Not Found",
    "HTTP Status 404 – Not Found",
    "Oops! We couldn't find that page",
    "We can't find the page you're looking for",
    "The page you’ve requested cannot be found",
    "File or directory not found",
    "The file you requested could not be found",
    "Sorry, we couldn't find what you were looking for",
    "This webpage is not available",
    "Page no longer exists",
    "This document is no longer available",
    "The post you are looking for doesn't exist",
    "Object not found!",
    "Product not found",
    "Unknown page",
    "Page does not exist",
    "Article not available",
    "Resource not found",
    "The content you requested is unavailable",
    "Not found on this server",
    "The specified page was not found",
    "The page you tried to access does not exist",
    "Your requested page has not been found",
    "Sorry, but the page you were trying to view does not exist.",
    "It looks like nothing was found at this location.",
    "This page could not be found",
    "The page you are trying to reach has moved or no longer exists",
    "This item has been deleted",
    "The dataset you are looking for has been removed",
    "The requested URL /x was not found on this server.",
    "404: Lost in space",
    "ไม่พบหน้าที่คุณต้องการ",
    "Não encontramos a página que você procura",
    "Запрошенный материал не найден",
    "404. That’s an error.",
    "The page you are looking for might have been removed, had its name changed, or is temporarily unavailable.",
    "No such file or directory",
]

# Without the host's answer to an impossible sibling these prove nothing.
SUSPICIOUS = [
    "404エラー",
    "Errore 404",
    "The link is broken",
]

HARMLESS = [
    "Bridges in traffic",
    "Annual report 2025",
    "Not found in nature: ten colours that birds invented",
    "Page not found: why a third of the links in court opinions are dead",
    "What to do when a page is missing",
    "Missing persons 2024",
    "Road 404",
    "Lost property",
    "Removed from the list: three bridges that were repaired",
    "The page has turned",
    "Error analysis",
    "Nicht gefunden haben wir einen Fehler",
    "La página del alcalde",
    "Page 404 of the minutes",
]


@pytest.mark.parametrize("wording", ENOUGH_ALONE)
def test_a_page_that_says_nothing_is_there(wording: str) -> None:
    page = read_page(short_page(f"{wording} | Example Society", wording, wording))
    assert suspicion_of(page, ADDRESS).points >= ENOUGH


@pytest.mark.parametrize("wording", SUSPICIOUS)
def test_a_page_that_seems_to_say_so(wording: str) -> None:
    page = read_page(short_page(f"{wording} | Example Society", wording, wording))
    suspicion = suspicion_of(page, ADDRESS)
    assert 0 < suspicion.points < ENOUGH
    assert is_soft_404(suspicion, page, ADDRESS, page, "http://example.test/reports/xyz")


@pytest.mark.parametrize("headline", HARMLESS)
def test_a_headline_that_only_sounds_like_it(headline: str) -> None:
    short = read_page(
        short_page(f"{headline} | Example Society", headline, "Our members met and spoke of it at length.")
    )
    assert suspicion_of(short, ADDRESS).points < ENOUGH
    assert suspicion_of(read_page(article(headline)), ADDRESS).points <= 0


def test_a_page_elsewhere_has_none_of_its_addresss_words() -> None:
    page = read_page(short_page("Example Society", "Welcome", "Tea is served at four."))
    assert suspicion_of(page, "http://example.test/bridges-in-traffic.html").elsewhere
    assert not suspicion_of(page, "http://example.test/tea-is-served").elsewhere
    assert not suspicion_of(page, "http://example.test/node/4711").elsewhere


def test_a_short_page_is_believed_when_the_control_url_looks_otherwise() -> None:
    page = read_page(short_page("Notice 12", "Notice 12", "The ferry will not run on Monday."))
    other = read_page(short_page("Notices", "All notices", "Choose one of the notices in the menu on the left."))
    suspicion = suspicion_of(page, ADDRESS)
    assert suspicion.short
    assert not is_soft_404(suspicion, page, ADDRESS, other, "http://example.test/reports/xyz")
    assert is_soft_404(suspicion, page, ADDRESS, page, "http://example.test/reports/xyz")


def test_the_parts_of_a_title() -> None:
    assert segments("Oops! Page not found – Example: the site | Home") == (
        "oops",
        "page not found",
        "example",
        "the site",
        "home",
    )


@given(st.text(max_size=200))
def test_any_text_can_be_matched(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert all(segments(text))


@pytest.mark.parametrize("name", ["not_found", "not_found_hints", "apologies", "walls", "dead_pages"])
def test_the_patterns_can_be_read(name: str) -> None:
    assert all(patterns_of(name).values())


def test_patterns_outside_a_section_are_refused() -> None:
    with pytest.raises(ValueError, match="outside any section"):
        read_patterns("page not found")
