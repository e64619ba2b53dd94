import pytest

from verifier.parser.citations.identifiers import find_identifiers


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("doi:10.1000/182.", ("doi:10.1000/182",)),
        ("https://doi.org/10.1016/S0140-6736(20)30183-5.", ("doi:10.1016/s0140-6736(20)30183-5",)),
        ("(doi:10.1000/182)", ("doi:10.1000/182",)),
        ("arXiv:2402.04825v2", ("arxiv:2402.04825",)),
        ("arXiv preprint arXiv:2001.08361", ("arxiv:2001.08361",)),
        ("CoRR, abs/1706.03762", ("arxiv:1706.03762",)),
        ("https://arxiv.org/abs/hep-th/9901001", ("arxiv:hep-th/9901001",)),
        ("arXiv:math.GT/0309136", ("arxiv:math/0309136",)),
        ("PMID: 31452104", ("pmid:31452104",)),
        ("PMC7095418", ("pmcid:PMC7095418",)),
        ("RFC 2119", ("rfc:2119",)),
        ("ISBN 978-0-306-40615-7", ("isbn:9780306406157",)),
        ("ISBN-10: 0-306-40615-2", ("isbn:0306406152",)),
        ("ISBN 0-8044-2957-X", ("isbn:080442957X",)),
        ("ISBN 978-0-306-40615-8", ()),
        ("Available at SSRN: https://ssrn.com/abstract=3922233", ("ssrn:3922233",)),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=3922233", ("ssrn:3922233",)),
        ("16 C.F.R. § 255.2 and 16 CFR Part 255", ("cfr:16/255.2", "cfr:16/255")),
        ("15 CFR §§ 734.7, 742.15", ("cfr:15/734.7", "cfr:15/742.15")),
        ("45 CFR parts 160 and 164", ("cfr:45/160", "cfr:45/164")),
        ("15 CFR § 734.7, 12 January 2020", ("cfr:15/734.7",)),
        ("18 U.S.C. § 1030(a)(2)", ("usc:18/1030",)),
        ("42 USC 300aa-1", ("usc:42/300aa-1",)),
        ("42 U.S.C. §§ 1981, 1983 and 1985", ("usc:42/1981", "usc:42/1983", "usc:42/1985")),
        ("title 18, United States Code, section 1030", ("usc:18/1030",)),
        ("S.3312, 118th Cong. (2023)", ("bill:118/s3312",)),
        ("H. R. 1234, 117th Cong. § 3", ("bill:117/hr1234",)),
        ("H.R. 1 and S. 2, 117th Cong.", ("bill:117/hr1", "bill:117/s2")),
        ("S. Con. Res. 12, 110th Cong.", ("bill:110/sconres12",)),
        ("H.J. Res. 5, 99th Cong.", ("bill:99/hjres5",)),
        ("S. 12 of the Act", ()),
        ("https://www.congress.gov/bill/117th-congress/house-bill/3684", ("bill:117/hr3684",)),
        ("https://www.congress.gov/bill/117th-congress/senate-joint-resolution/10/text", ("bill:117/sjres10",)),
        ("88 Fed. Reg. 75,191 (Nov. 1, 2023)", ("fr:88/75191",)),
        ("88 FR 75191", ("fr:88/75191",)),
        ("Pub. L. No. 117-58", ("publ:117-58",)),
        ("Public Law 117–58", ("publ:117-58",)),
        ("Lake v. Mill, 410 U.S. 113, 120 (1973)", ("case:410/U.S./113",)),
        ("45 F.R.D. 12", ("case:45/F.R.D./12",)),
        ("Chapter 10.1 of the report", ()),
        ("12 Jan. 2020", ()),
        ("pp. 3, 5 and 7", ()),
    ],
)
def test_find_identifiers(text: str, keys: tuple[str, ...]) -> None:
    assert find_identifiers(text) == keys


def test_an_address_and_its_text_name_a_work_once() -> None:
    assert find_identifiers("doi:10.1000/182", ["https://doi.org/10.1000/182"]) == ("doi:10.1000/182",)
