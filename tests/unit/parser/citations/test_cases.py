import subprocess
import sys

import pytest

from verifier.parser.citations.cases import Case, find_cases


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Lake v. Mill, 410 U.S. 113 (1973)", "case:410/U.S./113"),
        ("139 S. Ct. 1485", "case:139/S. Ct./1485"),
        ("922 F. Supp. 1426", "case:922/F. Supp./1426"),
        ("17 F.4th 1001", "case:17/F.4th/1001"),
        ("5 Wall. 3", "case:5/Wall./3"),
    ],
)
def test_a_decision_is_known_by_its_reporter(text: str, key: str) -> None:
    assert [case.key for case in find_cases(text)] == [key]


def test_what_is_told_of_a_decision() -> None:
    (case,) = find_cases("Lake v. Mill, 410 U.S. 113, 120 (1973)")
    assert case == Case(14, "case:410/U.S./113", "Lake v. Mill", "1973", "120")


@pytest.mark.parametrize(
    "text", ["12 May 2020", "12 Jan. 2020", "18 U.S.C. § 1030", "16 C.F.R. § 255", "135 Stat. 429", "Table 3. Rates 5"]
)
def test_other_numbers_are_no_decisions_and_load_nothing(text: str) -> None:
    program = f"""
import sys
from verifier.parser.citations.cases import find_cases
assert find_cases({text!r}) == ()
assert "eyecite" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=300)
