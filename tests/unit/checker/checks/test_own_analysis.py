"""Which notes claim their figures as the author's own."""

import pytest

from verifier.checker.checks.own_analysis import is_own_analysis


@pytest.mark.parametrize(
    ("note", "own"),
    [
        ("Our analysis of the county's ledger.", True),
        ("Our own calculation.", True),
        ("Our calculations, from Table 3 of the report.", True),
        ("Authors' calculations based on census data.", True),
        ("The author’s estimate.", True),
        ("Own elaboration on survey data.", True),
        ("We estimate the loss from two surveys.", True),
        ("Computed by the authors from public accounts.", True),
        ("Author calculations from the ledger.", True),
        ("My own reckoning.", True),
        ("Authors' calculations based on Eurostat (2019).", True),
        ("Author’s analysis of census microdata.", True),
        ("Our preliminary estimates.", True),
        ("Eigene Berechnung nach dem Zollbuch.", True),
        ("Calculs des auteurs à partir du registre.", True),
        ("Elaboración propia a partir del registro.", True),
        ("Elaborazioni degli autori sul registro.", True),
        ("Elaborado pelos autores.", True),
        ("Eigen bewerking van het register.", True),
        ("Egna beräkningar.", True),
        ("Opracowanie własne.", True),
        ("Die eigene Stadt, 2019.", False),
        ("Calcul des probabilités, Paris 1930.", False),
        ("The author's book estimates it.", False),
        ("See the World Bank's analysis.", False),
        ("County Bridge Report 2024, p. 12.", False),
        ("See the agency's analysis of tolls.", False),
        ("Our World in Data, ‘Energy’, 2024.", False),
        ("Cost Estimates for Bridges, 2023.", False),
    ],
)
def test_own_analysis(note, own):
    assert is_own_analysis(note) is own
