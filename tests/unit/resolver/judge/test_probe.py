import pytest

from verifier.resolver.judge.probe import impossible_cousin, impossible_sibling
from verifier.resolver.sources.urls import split_address


def parts(address: str | None) -> list[str]:
    assert address is not None
    parsed = split_address(address)
    return parsed.path.split("/")[1:]  # type: ignore[union-attr]


def test_the_sibling_differs_in_the_last_part_and_keeps_its_ending() -> None:
    first, second, last = parts(impossible_sibling("http://a.test/reports/2024/bridges.pdf?x=1#y"))
    assert (first, second) == ("reports", "2024")
    assert last.endswith(".pdf")
    assert "bridges" not in last


def test_the_sibling_of_a_folder_is_a_folder() -> None:
    assert parts(impossible_sibling("http://a.test/reports/"))[1] == ""


def test_the_cousin_shares_the_first_part_alone() -> None:
    first, second, last = parts(impossible_cousin("http://a.test/item/4711/view"))
    assert first == "item"
    assert (second, last) != ("4711", "view")
    assert "4711" not in second


@pytest.mark.parametrize("address", ["http://a.test/", "http://a.test", "http://a.test/?id=1", "mailto:a@b.test"])
def test_there_is_nothing_beside_a_front_door(address: str) -> None:
    assert impossible_sibling(address) is None


def test_two_parts_have_no_cousin_but_the_sibling() -> None:
    assert impossible_cousin("http://a.test/one") is None
    assert impossible_cousin("http://a.test/one/two") is None


def test_the_same_address_has_the_same_sibling_and_others_have_others() -> None:
    one = impossible_sibling("http://a.test/x/one")
    assert one == impossible_sibling("http://a.test/x/one")
    assert one != impossible_sibling("http://a.test/x/two")


def test_host_port_and_user_stay() -> None:
    assert (impossible_sibling("http://u:p@a.test:8080/x") or "").startswith("http://u:p@a.test:8080/")
