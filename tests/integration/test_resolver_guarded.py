"""In default mode not one connection is made to a private address, at any hop."""

import socket

import pytest

from tests.support.hostile_cases import PATIENT
from tests.support.hostile_web import HostileWeb, Site, redirect
from tests.support.web_sessions import web_session
from verifier.model import LinkStatus
from verifier.resolver import judge_address

SPELLINGS = [
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/", "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/", "http://127.1:{port}/", "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/", "http://0.0.0.0:{port}/", "http://user@127.0.0.1:{port}/", "http://127。0。0。1:{port}/",
    "http://%31%32%37.0.0.1:{port}/", "http://169.254.169.254/latest/meta-data/", "http://mapped.test/",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_private_addresses_are_never_connected_to(spelling: str) -> None:
    with (
        HostileWeb({}) as web,
        web_session(web.hosts, fetch=PATIENT, private=False) as session,
    ):
        judgement = judge_address(spelling.format(port=web.port), session).judgement
        assert judgement.status is LinkStatus.REFUSED
        assert web.connections == 0


def test_a_redirect_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public host sends us to a private one: the first hop is let through by pretending that loopback is public."""
    with HostileWeb({"public.test": Site(others=redirect("http://127.0.0.1:{port}/secret"))}) as web:
        web.sites["public.test"] = Site(others=redirect(f"http://127.0.0.1:{web.port}/secret"))
        real = socket.create_connection

        def connect(endpoint: tuple[str, int], *more: object) -> socket.socket:
            assert endpoint[0] == "93.184.216.34"
            return real(("127.0.0.1", endpoint[1]), *more)  # type: ignore[arg-type]

        monkeypatch.setattr(socket, "create_connection", connect)
        with web_session({"public.test": f"93.184.216.34:{web.port}"}, fetch=PATIENT, private=False) as session:
            judgement = judge_address("http://public.test/a", session).judgement
        assert f"{judgement.status}/{judgement.reason}" == "refused/private_address"
        assert [target for _, target in web.seen] == ["/a"]
