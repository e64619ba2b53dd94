import pytest

from verifier.resolver.judge.probe import control_url, distant_control_url
from verifier.resolver.sources.urls import split_address


def parts(address: str | None) -> list[str]:
    assert address is not None
    parsed = split_address(address)
    return parsed.path.split("/")[1:]  # type: ignore[union-attr]


def test_the_control_url_differs_in_the_last_part_and_keeps_its_ending() -> None:
    first, second, last = parts(control_url("http://a.test/reports/2024/bridges.pdf?x=1#y"))
    assert (first, second) == ("reports", "2024")
    assert last.endswith(".pdf")
    assert "bridges" not in last


def test_the_control_url_of_a_folder_is_a_folder() -> None:
    assert parts(control_url("http://a.test/reports/"))[1] == ""


def test_the_distant_control_url_shares_the_first_part_alone() -> None:
    first, second, last = parts(distant_control_url("http://a.test/item/4711/view"))
    assert first == "item"
    assert (second, last) != ("4711", "view")
    assert "4711" not in second


@pytest.mark.parametrize("address", ["http://a.test/", "http://a.test", "http://a.test/?id=1", "mailto:a@b.test"])
def test_there_is_nothing_beside_a_home_page(address: str) -> None:
    assert control_url(address) is None


def test_two_parts_have_no_distant_control_url() -> None:
    assert distant_control_url("http://a.test/one") is None
    assert distant_control_url("http://a.test/one/two") is None


def test_the_same_address_has_the_same_control_url_and_others_have_others() -> None:
    one = control_url("http://a.test/x/one")
    assert one == control_url("http://a.test/x/one")
    assert one != control_url("http://a.test/x/two")


def test_host_port_and_user_stay() -> None:
    assert (control_url("http://u:p@a.test:8080/x") or "").startswith("http://u:p@a.test:8080/")
