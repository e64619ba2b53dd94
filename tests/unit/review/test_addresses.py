import pytest
from flask import Flask

from verifier.review import addresses
from verifier.review.addresses import asset, own_path


@pytest.mark.parametrize("address", ["/", "/findings/1?state=any", "/documents/2#note-fn-1"])
def test_a_path_of_ours_is_gone_on_to(address):
    assert own_path(address) == address


@pytest.mark.parametrize(
    "address",
    ["", "http://evil.test/", "//evil.test", "\\\\evil.test", "/\\evil.test", "javascript:alert(1)", "/a\nb", "x"],
)
def test_what_leads_elsewhere_is_not(address):
    assert own_path(address) == ""


def test_a_file_that_changed_has_another_address(tmp_path, monkeypatch):
    app = Flask("desk", static_folder=str(tmp_path))
    (tmp_path / "static").mkdir()
    file = tmp_path / "static" / "desk.js"
    monkeypatch.setattr(addresses, "__file__", str(tmp_path / "addresses.py"))
    with app.test_request_context():
        found = set()
        for content in ("one", "two"):
            file.write_text(content)
            addresses._digest.cache_clear()
            found.add(asset("desk.js"))
    assert len(found) == 2
    assert all("v=" in address for address in found)
