import pytest

from verifier.resolver import AddressGuard
from verifier.resolver.public_names import is_publicly_named

GUARD = AddressGuard(False, {"*.mapped.org": "127.0.0.1:8080"})


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://www.example.org/a", True),
        ("http://example.co.uk:8080/a", True),
        ("http://93.184.215.14/", True),
        ("http://intranet/wiki", False),
        ("http://wiki.corp.internal/", False),
        ("http://bridges.example.test/", False),
        ("http://printer.local/", False),
        ("http://localhost/", False),
        ("http://10.0.0.7/", False),
        ("http://[::1]/", False),
        ("http://staging.mapped.org/", False),
        ("http://com/", False),
        ("http:///nothing", False),
    ],
)
def test_third_parties_hear_only_of_public_names(address, public):
    assert is_publicly_named(address, GUARD) is public
