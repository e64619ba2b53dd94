"""Which figures of a note are its author's claims."""

import pytest

from verifier.checker.checks.note_claims import claimed_in_note
from verifier.checker.figures.scanner import scan


@pytest.mark.parametrize(
    ("note", "claimed"),
    [
        ("Statistics Office, Commuting in 2024, http://a.example.test/2024 (accessed 12 October 2026).", []),
        ("Figures from the agency, February 2024.", []),
        ("Ten Years of Tolls, Journal of Tolls 12 (2019).", []),
        ("“The bridge was closed for 40 days”, Courier, 3 May 2021.", []),
        ("‘Tolls rose by 12 percent’, Courier, 2021.", []),
        ("According to its treasurer, the reserve stood at $12.6 million at the end of June.", ["$12.6 million"]),
        ("About 12 percent of revenue: Annual Report 2024.", ["12 percent"]),
        ("Toll Survey. The survey covered 1,204 households.", ["1,204"]),
        ("Toll policy. The policy was first adopted in 1998.", ["1998"]),
        ("Survey 2019 (it covered 1,204 households).", []),
    ],
)
def test_claimed_in_note(note, claimed):
    found = [figure.text for figure in scan(note) if claimed_in_note(note, figure)]
    assert [text for text in found if any(text in one or one in text for one in claimed)] == found
    assert len(found) == len(claimed)
