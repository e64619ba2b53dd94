import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.checker.works.titles import Similarity, compare_titles

PAIRS = [
    ("Tolls and Fees", "TOLLS & FEES", Similarity.SAME),
    ("Modelling Harbour Traffic", "Modeling Harbor Traffic", Similarity.SAME),
    ("Out-of-Season Ferries", "Out of season ferries", Similarity.SAME),
    ("Økonomi og fiskeri", "Okonomi og fiskeri", Similarity.SAME),
    ("Annual Report 2020–21", "Annual Report 2020-2021", Similarity.SAME),
    ("The Cost of Waiting at Locks in Winter", "The Cost of Wating at Locks in Winter", Similarity.SAME),
    ("Global TB Report 2020", "Global Tuberculosis Report 2020", Similarity.SAME),
    ("Bridges of the UK in Winter", "Bridges of the United Kingdom in Winter", Similarity.SAME),
    ("Ten Years of Tolls and Fees", "10 years of tolls and fees", Similarity.SAME),
    ("Who Pays: Bridges and Budgets", "Who Pays", Similarity.SUBTITLE),
    ("Who Pays for the Old Bridges?", "Who Pays for the Old Bridges? Evidence from 40 Ports", Similarity.SUBTITLE),
    ("Law on the Waterline: Property and Tides", "Law on the Waterline: Property and…", Similarity.SUBTITLE),
    ("Piers in Peril", "Policy brief: Piers in Peril", Similarity.SUBTITLE),
    ("Piers in Peril", "Piers in Peril | Institute for Shores", Similarity.SUBTITLE),
    ("Annual Report 2020", "Annual Report 2021", Similarity.NUMBER),
    ("Bulletin No. 7", "Bulletin No. 8", Similarity.NUMBER),
    ("Sixth Mangrove Report", "Seventh Mangrove Report", Similarity.NUMBER),
    ("World Harbour Outlook", "World Harbour Outlook 2021", Similarity.ONE_NUMBER),
    ("Mixing Forecasts for Online Tolls", "Mixing Forecasts towards Online Tolls", Similarity.NEAR),
    ("Learning to Price Canal Locks", "Learning to Price Canal Boats", Similarity.NEAR),
    ("Piers in Peril", "Trading Sand: the Market that Nobody Sees", Similarity.OTHER),
    ("The Economics of Ports", "The Economics of Sleep and Other Pastimes", Similarity.OTHER),
]


@pytest.mark.parametrize(("cited", "shown", "similarity"), PAIRS)
def test_titles(cited: str, shown: str, similarity: Similarity) -> None:
    assert compare_titles(cited, shown).similarity is similarity
    assert compare_titles(shown, cited).similarity is similarity


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_have_a_similarity(cited: str, shown: str) -> None:
    assert 0 <= compare_titles(cited, shown).share <= 1
    assert compare_titles(cited, cited).similarity in (Similarity.SAME, Similarity.OTHER)
