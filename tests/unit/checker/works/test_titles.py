import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.checker.works.titles import Likeness, compare_titles

PAIRS = [
    ("Tolls and Fees", "TOLLS & FEES", Likeness.SAME),
    ("Modelling Harbour Traffic", "Modeling Harbor Traffic", Likeness.SAME),
    ("Out-of-Season Ferries", "Out of season ferries", Likeness.SAME),
    ("Økonomi og fiskeri", "Okonomi og fiskeri", Likeness.SAME),
    ("Annual Report 2020–21", "Annual Report 2020-2021", Likeness.SAME),
    ("The Cost of Waiting at Locks in Winter", "The Cost of Wating at Locks in Winter", Likeness.SAME),
    ("Global TB Report 2020", "Global Tuberculosis Report 2020", Likeness.SAME),
    ("Bridges of the UK in Winter", "Bridges of the United Kingdom in Winter", Likeness.SAME),
    ("Ten Years of Tolls and Fees", "10 years of tolls and fees", Likeness.SAME),
    ("Who Pays: Bridges and Budgets", "Who Pays", Likeness.SUBTITLE),
    ("Who Pays for the Old Bridges?", "Who Pays for the Old Bridges? Evidence from 40 Ports", Likeness.SUBTITLE),
    ("Law on the Waterline: Property and Tides", "Law on the Waterline: Property and…", Likeness.SUBTITLE),
    ("Piers in Peril", "Policy brief: Piers in Peril", Likeness.SUBTITLE),
    ("Piers in Peril", "Piers in Peril | Institute for Shores", Likeness.SUBTITLE),
    ("Annual Report 2020", "Annual Report 2021", Likeness.NUMBER),
    ("Bulletin No. 7", "Bulletin No. 8", Likeness.NUMBER),
    ("Sixth Mangrove Report", "Seventh Mangrove Report", Likeness.NUMBER),
    ("World Harbour Outlook", "World Harbour Outlook 2021", Likeness.ONE_NUMBER),
    ("Mixing Forecasts for Online Tolls", "Mixing Forecasts towards Online Tolls", Likeness.NEAR),
    ("Learning to Price Canal Locks", "Learning to Price Canal Boats", Likeness.NEAR),
    ("Piers in Peril", "Trading Sand: the Market that Nobody Sees", Likeness.OTHER),
    ("The Economics of Ports", "The Economics of Sleep and Other Pastimes", Likeness.OTHER),
]


@pytest.mark.parametrize(("cited", "shown", "likeness"), PAIRS)
def test_titles(cited: str, shown: str, likeness: Likeness) -> None:
    assert compare_titles(cited, shown).likeness is likeness
    assert compare_titles(shown, cited).likeness is likeness


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_have_a_likeness(cited: str, shown: str) -> None:
    assert 0 <= compare_titles(cited, shown).share <= 1
    assert compare_titles(cited, cited).likeness in (Likeness.SAME, Likeness.OTHER)
