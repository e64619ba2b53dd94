import pytest

from verifier.resolver.http.public_names import is_public_name


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("www.example.org", True),
        ("Example.co.uk", True),
        ("example.org.", True),
        ("93.184.215.14", True),
        ("intranet", False),
        ("wiki.corp.internal", False),
        ("bridges.example.test", False),
        ("printer.local", False),
        ("localhost", False),
        ("10.0.0.7", False),
        ("[::1]", False),
        ("com", False),
        ("", False),
    ],
)
def test_third_parties_hear_only_of_public_names(host, public):
    assert is_public_name(host) is public
