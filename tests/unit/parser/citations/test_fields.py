import pytest

from verifier.parser.citations.fields import Particulars, read_particulars

P = Particulars


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ann Reed, Tides and Tables (Oslo: North Press, 2010), 14.",
            P("Tides and Tables", "North Press", "2010", "14"),
        ),
        ("Ann Reed, “Tides,” River Review 12, no. 3 (2010): 14–20.", P("Tides", "River Review", "2010", "14–20")),
        ("See Ann Reed, “Tides,” Courier, May 3, 2010, p. 4.", P("Tides", "Courier", "2010-05-03", "p. 4")),
        ("Ann Reed, ‘Tides’ (2010) 12 River LJ 14", P("Tides", None, "2010", None)),
        ("Bo Holm, Currents (2nd edn, OUP 2012) 3", P("Currents", "OUP", "2012", None)),
        ("Reed, A. (2010). Tides and tables. North.", P("Tides and tables", None, "2010", None)),
        ("Tide Office, “Coast,” May 2021, https://t.example/2019.", P("Coast", None, "2021-05", None)),
        ("Tide Office, “Coast,” https://t.example/c (accessed 8 January 2017).", P("Coast")),
        ("“Coast,” Tide Office, 2021-04-09", P("Coast", "Tide Office", "2021-04-09")),
        (
            "Reed, A., & Holm, B. (2015, June). Waters of the north. Fjord.",
            P("Waters of the north", None, "2015-06", None),
        ),
        ("Ann Reed and Bo Holm, eds., Waters (Oslo: North, 2015)", P("Waters", "North", "2015")),
        ("Lake v. Mill, 410 U.S. 113, 120 (1973)", P("Lake v. Mill", None, "1973", "120")),
        ("18 U.S.C. § 1030(a)(2)", P(pinpoint="§ 1030(a)(2)")),
        ("Reed, supra note 4, at 17.", P(pinpoint="17")),
        ("Tide Office, Annual Report, table 3.", P(pinpoint="table 3")),
        ("The “Oslo tables” were printed twice.", P()),
        ("They stop at 31.", P()),
        ("Ibid, p 14", P(pinpoint="p 14")),
        ("ibid 17–19.", P(pinpoint="17–19")),
        ("Smith (n 3) 22.", P(pinpoint="22")),
        ("Fed. R. Civ. P. 26(b)(2)(B)", P()),
        ("Fall 2010", P()),
        ("", P()),
    ],
)
def test_read_particulars(text: str, told: Particulars) -> None:
    assert read_particulars(text) == told
