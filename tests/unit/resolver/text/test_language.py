# ruff: noqa: E501 - paragraphs of many languages
"""The language of a text, told by its words and script, and by what is stated only where those do not tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.resolver import language_of, readable_text

ENGLISH = (
    "The county keeps more than a hundred bridges, and most of them were built before the war. They are inspected "
    "every second year, which costs less than to close one for a month, as the council was told in its last report."
)
TEXTS = {
    "en": ENGLISH,
    "de": "Der Landkreis unterhält mehr als hundert Brücken, und die meisten von ihnen sind vor dem Krieg gebaut worden. "
    "Sie werden in jedem zweiten Jahr geprüft, was weniger kostet als eine von ihnen für einen Monat zu sperren, wie "
    "es auch im letzten Bericht an den Rat heißt.",
    "fr": "Le comté entretient plus de cent ponts, et la plupart d'entre eux ont été construits avant la guerre. Ils sont "
    "inspectés tous les deux ans, ce qui coûte moins que de fermer un seul pont pour un mois, comme le dit le dernier "
    "rapport au conseil sur les routes.",
    "es": "El condado mantiene más de cien puentes, y la mayor parte de los que hay en el valle se construyó antes de la "
    "guerra. Se revisan cada dos años, lo que cuesta menos que cerrar uno por un mes, como dice el último informe para "
    "el consejo sobre las obras.",
    "pt": "O concelho mantém mais de cem pontes, e a maior parte das que estão no vale foi feita antes da guerra. São "
    "revistas em cada dois anos, o que custa menos do que fechar uma por um mês, como diz o último relatório para os "
    "membros da câmara sobre as obras.",
    "it": "La contea mantiene più di cento ponti, e la maggior parte di quelli che sono nella valle è stata costruita "
    "prima della guerra. Si ispezionano ogni due anni, il che costa meno che chiudere un ponte per un mese, come dice "
    "anche l'ultimo rapporto del consiglio.",
    "nl": "De provincie onderhoudt meer dan honderd bruggen, en de meeste van de bruggen in het dal zijn voor de oorlog "
    "gebouwd. Ze worden om het jaar nagekeken, wat minder kost dan een brug een maand te sluiten, zoals ook in het "
    "laatste verslag aan de raad is te lezen.",
    "sv": "Länet har mer än hundra broar, och de flesta av dem som finns i dalen är byggda före kriget. De ses över "
    "vartannat år, vilket kostar mindre än att stänga en av dem en månad, som det också står i den senaste rapporten "
    "till rådet om vägarna och allt det andra som var för dyrt.",
    "pl": "Powiat utrzymuje ponad sto mostów, a większość z nich, które są w dolinie, została zbudowana przed wojną. Są "
    "one sprawdzane co dwa lata, co jest tańsze niż zamknięcie jednego mostu na miesiąc, jak to było w ostatnim "
    "raporcie dla rady, że nie ma się czego bać przez ten rok.",
    "cs": "Okres se stará o více než sto mostů, které jsou v údolí, a většina byla postavena před válkou. Mosty se "
    "prohlížejí každé dva roky, což je levnější než jeden most na měsíc zavřít, jak také bylo ve zprávě pro radu, která "
    "od té doby nebo po ní nic jiného neřekla, ale že to stačí.",
    "tr": "İlçede yüzden çok köprü var ve bunların çoğu savaştan önce yapıldı. Köprüler iki yılda bir gözden geçirilir; "
    "bu da bir köprüyü bir ay için kapatmak kadar pahalı değildir. Son rapor da böyle der, ancak daha sonra olan "
    "değişiklikler için başka bir rapor ile çok şey söylendi gibi.",
    "ja": "郡には百を超える橋があり、その多くは戦前に造られた。二年に一度の点検が行われており、一か月閉鎖するよりも費用が"
    "かからないと、議会への最新の報告書は述べている。",
    "zh": "该县有一百多座桥梁，其中大部分建于战前。每两年检查一次，费用低于关闭一座桥一个月的费用，最近提交给议会的报告如此"
    "指出，道路部门也表示同意并将继续执行这一计划。",
    "und-Arab": "تحافظ المقاطعة على أكثر من مئة جسر، وقد بني معظمها قبل الحرب. ويتم فحصها كل عامين، وهو ما يكلف أقل من "
    "إغلاق جسر واحد لمدة شهر، كما جاء في التقرير الأخير للمجلس.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_paragraph_tells_its_language(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("language", [language for language in TEXTS if language != "en"])
def test_a_template_in_english_does_not_hide_another_language(language: str) -> None:
    assert language_of(TEXTS[language], "en-US") == language


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        (ENGLISH, "de", "en"),
        (f"{TEXTS['fr']} {ENGLISH}", "fr", "en"),  # a bilingual page can be read
        ("Kreis 142", "de-AT", "de"),
        ("Kreis 142", "", None),
        ("", "", None),
        ("Kreis 142", "not a tag", None),
        ("\n".join(f"San Juan de la Vega {n} | {n * 37} | {n * 11}" for n in range(60)), "en", "en"),
        ("\n".join(f"{n} | {n * 37} | {n * 11}" for n in range(400)), "", None),
        ("Die Statistik: " + ENGLISH, "", "en"),
        (TEXTS["und-Arab"], "fa", "fa"),
        ("Νέα στοιχεία " + ENGLISH * 3, "", "en"),
    ],
)
def test_what_is_stated_counts_only_where_the_words_do_not_tell(text: str, stated: str, language: str | None) -> None:
    assert language_of(text, stated) == language


def test_a_long_text_is_told_by_its_parts() -> None:
    assert language_of(ENGLISH * 20 + TEXTS["de"] * 2000) == "de"


def test_a_page_carries_its_language() -> None:
    page = f"<html lang=en><body><main><p>{TEXTS['de']}</p></main></body></html>"
    text = readable_text(page.encode(), "text/html", "utf-8", "http://a.example.test/")
    assert text is not None
    assert text.language == "de"


@given(st.text(), st.text(max_size=12))
def test_any_text_can_be_asked_about(text: str, stated: str) -> None:
    language = language_of(text, stated)
    assert language is None or language.islower() or language.startswith("und-")
