"""Notes as five styles write them: where each work ends (`|`), and under which signal each stands."""

import pytest

from verifier.model import Signal
from verifier.parser.citations.split import PlacedUrl, split_citations
from verifier.parser.urls import find_addresses

S = Signal
BLUEBOOK = [
    ("See Harbour Act § 4 (2019).", [S.SEE]),
    ("See Lake v. Mill, 410 U.S. 113, 120 (1973);| Moor v. Fen, 576 U.S. 644 (2015).", [S.SEE, S.SEE]),
    ("See Lake v. Mill, 410 U.S. 113 (1973). |But see Moor v. Fen, 576 U.S. 644 (2015).", [S.SEE, S.BUT_SEE]),
    ("Accord Lake v. Mill, 17 F.4th 1001 (9th Cir. 2021).", [S.ACCORD]),
    ("Contra Lake v. Mill, 176 F.3d 1132 (9th Cir. 1999).", [S.CONTRA]),
    ("Cf. 18 U.S.C. § 1030(a)(2);| 44 U.S.C. § 3502.", [S.CF, S.CF]),
    ("42 U.S.C. §§ 1981; 1983.", [None]),
    ("42 U.S.C. §§ 1981, 1983;| 5 C.F.R. pt. 1320.", [None, None]),
    ("15 C.F.R. § 734.7; § 742.15.", [None]),
    ("16 C.F.R. §§ 255.1; 255.2; and 255.5.", [None]),
    ("Id. at 114; id. at 120.", [None]),
    ("See id. at 114;| see also id. at 120.", [S.SEE, S.SEE_ALSO]),
    ("Compare Ann Reed, Tides (2010), with| Bo Holm, Currents (2012).", [S.COMPARE, S.COMPARE]),
    ("Compare Lake H. v. Mill D., 491 U.S. 110, 121 (1989) (so held), with| Moor v. Fen, 410 U.S. 113 (1973).",
     [S.COMPARE, S.COMPARE]),
    ("See, e.g., S. 3312, 118th Cong. (2023);| H.R. 3106, 118th Cong. (2023).", [S.E_G, S.E_G]),
    ("See generally Ann Reed, Tides, 12 River L. Rev. 3 (2010).", [S.SEE_GENERALLY]),
    ("See also 88 Fed. Reg. 75,191 (Nov. 1, 2023);| Pub. L. No. 117-58, 135 Stat. 429.", [S.SEE_ALSO, S.SEE_ALSO]),
    ("But cf. Reed, supra note 4, at 17;| Holm, supra note 6.", [S.CF, S.CF]),
    ("See Reed, supra note 4, at 17 (“Tides rise; currents turn.”);| Holm, supra note 6.", [S.SEE, S.SEE]),
    ("Lake v. Mill, 922 F. Supp. 1426, 1430 (N.D. Cal. 1996), aff’d, 176 F.3d 1132; cert. denied.", [None]),
    ("See Lake, 410 U.S. at 115 (citing Moor; Fen),| but see Dale v. Hill, 3 F.4th 5 (1st Cir. 2021).",
     [S.SEE, S.BUT_SEE]),
    ("Ann Reed, Tides 14 (2d ed. 2010) [hereinafter Tides];| Bo Holm, Currents 3 (2012).", [None, None]),
    ("See Exec. Order No. 14,110, 88 Fed. Reg. 75,191 (emphasis added; citations omitted).", [S.SEE]),
    ("Reed, Tides 14 (2010); emphasis added.", [None]),
    ("See Reed, Tides 14 (2010). |See also Holm, Currents 3 (2012). |Contra Dale, Floods 7 (2014).",
     [S.SEE, S.SEE_ALSO, S.CONTRA]),
]  # fmt: skip
CHICAGO = [
    ("Ann Reed, Tides and Tables (Oslo: North Press, 2010), 14.", [None]),
    ("Ann Reed, “Tides; or, the Moon’s Work,” River Review 12, no. 3 (2010): 14–20.", [None]),
    ("Reed, “Tides,” 15;| Holm, Currents, 3–4.", [None, None]),
    ("See Reed, Tides, 15; 17; and 20–22.", [S.SEE]),
    ("Ibid., 17; ibid., 20.", [None]),
    ("Ibid., 17;| Holm, Currents (London: Sea, 2012), 3.", [None, None]),
    ("For more on the survey, see Bo Holm, Currents (London: Sea, 2012);| and Ann Reed, Tides (Oslo: North, 2010).",
     [S.SEE, S.SEE]),
    ("For a different estimate, see Bo Holm, Currents (London: Sea, 2012);| and Ann Reed, Tides (Oslo: North, 2010).",
     [S.BUT_SEE, S.BUT_SEE]),
    ("For a contrary view, see Bo Holm, “Currents,” https://holm.example/c.", [S.BUT_SEE]),
    ("Ann Reed, Tides (Oslo: North, 2010), 14. |On floods, see Cy Dale, Floods (York: Ouse, 2014).", [None, S.SEE]),
    ("Ann Reed, Tides (Oslo: North, 2010); quoted in Holm, Currents, 4.", [None]),
    ("“About,” Tide Office, https://tide.example/a (accessed 8 January 2017);| and “Gauges,” Tide Office, 2017.",
     [None, None]),
    ("“About,” Tide Office, https://tide.example/about; accessed 8 January 2017.", [None]),
    ("Reed, ‘The Gaugers’ View; a Reply’, River Review, 2010;| Holm, ‘Currents’, Sea, 2012.", [None, None]),
    ("Ann Reed and Bo Holm, eds., Waters (Oslo: North, 2015);| cf. Dale, Floods, 7.", [None, S.CF]),
    ("Ann Reed, letter to the editor, Courier, 3 May 1998.", [None]),
    ("Reed’s tables were printed twice; nobody compared them.", [None]),
    ("The “Oslo tables” were printed twice; the second set was lost.", [None]),
    ("See “Gauges, tide.example/g;| “Tables,” tide.example/t.", [S.SEE, S.SEE]),
    ("Ann Reed, Tides (Oslo: North, 2010; repr., Bergen: Fjord, 2016);| Holm, Currents.", [None, None]),
]  # fmt: skip
APA = [
    ("Reed, A. (2010). Tides and tables. North Press.", [None]),
    ("Reed, A. (2010). Tides. River Review, 12(3), 14–20. https://doi.org/10.1000/182.", [None]),
    ("Reed, A.; Holm, B.; and Dale, C. (2015). Waters of the north. Fjord.", [None]),
    ("Reed, A., & Holm, B. (2015). Waters. Fjord;| Dale, C. (2014). Floods. Ouse.", [None, None]),
    ("Reed A, Holm B. Waters. Lancet. 2020; 395(10223): 497–506. doi:10.1000/182.", [None]),
    ("Reed A. Waters. Nature. 2020 Mar 3; 12(4): 55–60;| Holm B. Currents. Sea. 2021; 3: 7.", [None, None]),
    ("(Reed, 2010; Holm, 2012)", [None]),
    ("see Reed (2010);| Holm (2012, p. 4)", [S.SEE, S.SEE]),
    ("cf. Reed (2010);| but see Holm (2012).", [S.CF, S.BUT_SEE]),
    ("Reed (2010), https://reed.example/t; https://doi.org/10.1000/182.", [None]),
    ("Reed, A. (2010). Tides; doi:10.1000/182; PMID: 31452104.", [None]),
    ("Reed, A. (2010). Tides. Retrieved from https://reed.example/t. Archived at https://keep.example/t.", [None]),
    ("Reed, A. (2010). Tides. https://reed.example/t. |Holm, B. (2012). Currents. https://holm.example/c.",
     [None, None]),
    ("Holm, B. (2012). arXiv preprint arXiv:2001.08361; ISBN 0-306-40615-2.", [None]),
]  # fmt: skip
OSCOLA = [
    ("Ann Reed, ‘Tides’ (2010) 12 River LJ 14, 16;| Bo Holm, Currents (2nd edn, OUP 2012) 3.", [None, None]),
    ("Reed (n 4) 17;| Holm (n 6).", [None, None]),
    ("ibid 17.", [None]),
    ("See eg Reed (n 4) 17.", [S.E_G]),
    ("cf Holm (n 6) 3.", [S.CF]),
    ("Harbour Act 1998, s 4; Sch 2, para 3.", [None]),
    ("Lake v Mill [2004] UKHL 22, [2004] 2 AC 457 [12]–[14];| Moor v Fen [2010] UKSC 3.", [None, None]),
    ("See Reed (n 4) ch 2; ch 5.", [S.SEE]),
    ("But see Holm (n 6) 3–5;| Dale (n 7).", [S.BUT_SEE, S.BUT_SEE]),
    ("See also Reed, ‘Tides; a reply’ (2010) 12 River LJ 14.", [S.SEE_ALSO]),
    ("HC Deb 3 February 1977, vol 389, cols 973–76; 980.", [None]),
    ("Contra Holm (n 6) 3,| cf. Reed (n 4).", [S.CONTRA, S.CF]),
]  # fmt: skip
THINK_TANK = [
    ("Tide Office, “State of the Coast,” May 2021, https://tide.example/coast.", [None]),
    ("Tide Office, “Coast,” https://tide.example/coast;| Flood Board, “Rivers,” https://flood.example/rivers.",
     [None, None]),
    ("Authors’ calculations based on Tide Office (2021);| Flood Board (2020).", [None, None]),
    ("The survey covered 1,204 households. See https://tide.example/survey.", [S.SEE]),
    ("The survey covered 1,204 households. But see https://flood.example/survey.", [S.BUT_SEE]),
    ("The rate rose in 2020; it fell in 2021 (https://tide.example/rates).", [None]),
    ("Rates are at https://tide.example/a;| tables are at https://tide.example/b.", [None, None]),
    ("See the first https://a.example/1;| the second https://a.example/2;| and https://a.example/3.", [S.SEE] * 3),
    ("Available here https://tide.example/a and here https://tide.example/b.", [None]),
    ("Tide Office, Annual Report 2021, pp. 3–4; 17–20; table 3.", [None]),
    ("2021 Report, at 4;| 2022 Report, at 7;| 2023 Report, at 11.", [None] * 3),
    ("Coast data at https://tide.example/a. |River data at https://flood.example/b.", [None, None]),
    ("See Table 3 below. Figures are rounded.", [S.SEE]),
    ("See “Coast,” https://tide.example/c. See Section 3 for the method.", [S.SEE]),
    ("Tide Office, “Coast,” https://tide.example/c,| but see Flood Board, https://flood.example/r.",
     [None, S.BUT_SEE]),
    ("Tide Office, https://tide.example/c |(but see Flood Board, https://flood.example/r).", [None, S.BUT_SEE]),
    ("On gauges, see Reed, https://reed.example/g;| on floods, see Dale, https://dale.example/f.", [S.SEE, S.SEE]),
    ("Vgl. Amt für Gezeiten, „Küste; ein Bericht“, 2021;| siehe auch Holm, 2012.", [S.CF, S.SEE_ALSO]),
    ("Voir Office des marées, « Côte ; un rapport », 2021.", [S.SEE]),
    ("H.R. 1 (https://laws.example/x_(1;a)), 117th Cong.", [None]),
    ("Tide Office 2021; last updated 4 June; on file with the authors.", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "signals"), [*BLUEBOOK, *CHICAGO, *APA, *OSCOLA, *THINK_TANK])
def test_where_works_end_and_how_they_are_signalled(marked: str, signals: list[Signal | None]) -> None:
    text = marked.replace("|", "")
    citations = split_citations(text, [PlacedUrl(found.start, found.url) for found in find_addresses(text)])
    assert [c.text for c in citations] == [part.strip(" ;") for part in marked.split("|")]
    assert [c.signal for c in citations] == signals


def test_there_are_enough_notes() -> None:
    assert len([*BLUEBOOK, *CHICAGO, *APA, *OSCOLA, *THINK_TANK]) >= 80
