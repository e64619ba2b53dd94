import pytest

from verifier.checker.works.cases import captions_in, reporters_in, same_parties
from verifier.checker.works.containers import same_container
from verifier.checker.works.people import Authorship, compare_authors, persons_cited
from verifier.checker.works.years import years_cited
from verifier.model import Author, Work

ADA, BEN, CARL = Author("Quist", "Ada"), Author("Müller", "Ben"), Author("van de Meent", "Carl")


@pytest.mark.parametrize(
    ("cited", "shown", "expected"),
    [
        ([ADA], [Author("Quist", "A.")], Authorship.SHARED),
        ([Author("Mueller", "B.")], [BEN], Authorship.SHARED),
        ([Author("Muller", "B.")], [BEN], Authorship.SHARED),
        ([Author("Muler", "B.")], [BEN], Authorship.MISSPELT),
        ([Author("Meent", "Carl van de")], [CARL], Authorship.SHARED),
        ([Author("Smith-Okonjo", "T.")], [Author("Smith Okonjo", "Tola")], Authorship.SHARED),
        ([BEN], [ADA, BEN], Authorship.FIRST_MISSING),
        ([Author("Xiaoming", "C.")], [Author("Chen", "Xiaoming")], Authorship.SHARED),
        ([Author("Petrov", "Ivo")], [ADA, BEN], Authorship.DISJOINT),
        ([ADA], [Author("Institute for Shores")], Authorship.NOT_KNOWN),
        ([], [ADA], Authorship.NOT_KNOWN),
    ],
)
def test_authors(cited: list[Author], shown: list[Author], expected: Authorship) -> None:
    assert compare_authors(cited, shown, "; ".join(map(str, cited))) is expected


def test_a_first_author_whom_the_note_names_elsewhere_is_not_missing() -> None:
    assert compare_authors([BEN], [ADA, BEN], "B. Müller (with A. Quist)") is Authorship.SHARED


def test_editors_and_institutions_are_no_persons() -> None:
    assert persons_cited([ADA], "Ada Quist (ed.), Weights") == ()
    assert persons_cited([Author("Harbour Office")], "Harbour Office, Tolls") == ()
    assert persons_cited([Author("Quist")], "Quist et al., Tolls") == (Author("Quist"),)


@pytest.mark.parametrize(
    ("cited", "shown", "same"),
    [
        ("ICML", "International Conference on Machine Learning", True),
        ("NeurIPS", "Advances in Neural Information Processing Systems", True),
        ("CVPR", "2023 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", True),
        ("Trans. Mach. Learn. Res.", "Transactions on Machine Learning Research", True),
        ("J. of Toll Policy", "Journal of Toll Policy", True),
        ("The Weir Gazette", "Weir Gazette", True),
        ("Harbour Times, March 4, 2020", "Harbour Times", True),
        ("Nature Methods", "International Conference on Machine Learning", False),
        ("The Dunmere Courier", "Evening Standard-Bearer", False),
    ],
)
def test_containers(cited: str, shown: str, same: bool) -> None:
    assert same_container(cited, shown) is same


@pytest.mark.parametrize(
    ("citation", "years"),
    [
        ("Quist, Tolls (2016), accessed 3 May 2024.", [2016]),
        ("Quist, Tolls (2016; first published 1998).", [2016, 1998]),
        ("Quist, Tolls, https://x.example/2021/07/tolls, 2016.", [2016]),
        ("Quist, Tolls, pp. 1988-2003 (2016).", [2016]),
        ("Quist, Tolls to 2030 (2016).", [2016]),
    ],
)
def test_years_of_a_note(citation: str, years: list[int]) -> None:
    assert years_cited(Work(title="Tolls to 2030", date="2016"), citation) == years


def test_captions_and_reporters() -> None:
    (cited,) = captions_in("Barge Ass’n v. Norland Port Auth., 512 F.3d 100, 104 (14th Cir. 2009)")
    (shown,) = captions_in("Barge Association v. Norland Port Authority")
    (other,) = captions_in("Farouk v. Tidewater Mills, Inc.")
    assert same_parties(cited, shown)
    assert not same_parties(cited, other)
    assert reporters_in("512 F. 3d 100, 104") == reporters_in("512 F.3d 100") == {"512 f3d 100"}
