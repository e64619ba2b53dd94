"""The digest in a chat channel: the shapes that Slack and Teams take, and what is said when nobody answers."""

import json
import re
import socket
from dataclasses import replace

import pytest

from tests.unit.runs.notify.test_notify import BROKEN, report
from verifier.errors import NotificationError
from verifier.model import RunState
from verifier.notification_settings import WebhookSettings
from verifier.reports.contents import FailedDocument
from verifier.reports.digest import make_digest
from verifier.runs.notify.chat import MOST_DESCRIBED, ChatLine, ChatMessage, digest_message, is_quiet, post
from verifier.settings import Settings

HOSTILE = "<!channel> *bold* [here](http://evil.test/) & more"


def settings(url: str, **more) -> Settings:
    return Settings(webhook=WebhookSettings(url=url, **more))


@pytest.fixture
def channel(httpserver):
    httpserver.expect_request("/secret").respond_with_data("ok")
    httpserver.expect_request("/gone").respond_with_data("no_service", 404)
    httpserver.expect_request("/moved").respond_with_data("", 302, {"Location": "/secret"})
    return httpserver


def sent(channel) -> dict:
    ((request, _),) = channel.log
    assert request.method == "POST"
    assert request.headers["Content-Type"] == "application/json"
    return json.loads(request.data)


def test_slack_is_sent_plain_text_alone(channel):
    post(
        ChatMessage(HOSTILE, (ChatLine(HOSTILE), ChatLine("a", "https://desk.test/1")), "https://desk.test"),
        settings(channel.url_for("/secret")),
    )
    said = sent(channel)
    assert said["text"] == "&lt;!channel&gt; *bold* [here](http://evil.test/) &amp; more"
    head, section, linked, button = said["blocks"]
    assert head["text"] == {"type": "plain_text", "text": HOSTILE, "emoji": False}
    assert section["text"]["type"] == "plain_text"
    assert "accessory" not in section
    assert linked["accessory"]["url"] == "https://desk.test/1"
    assert button["elements"][0]["url"] == "https://desk.test"


def test_teams_is_sent_a_card_whose_text_is_no_markdown(channel):
    post(
        ChatMessage("One", (ChatLine(HOSTILE), ChatLine("a", "https://desk.test/1")), "https://desk.test"),
        settings(channel.url_for("/secret"), format="teams"),
    )
    said = sent(channel)
    (card,) = said["attachments"]
    assert card["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert {block["type"] for block in card["content"]["body"]} == {"RichTextBlock"}
    assert card["content"]["body"][1]["inlines"] == [{"type": "TextRun", "text": HOSTILE}]
    opens = {"type": "Action.OpenUrl", "title": "Open at the desk", "url": "https://desk.test/1"}
    assert card["content"]["body"][2]["inlines"] == [{"type": "TextRun", "text": "a", "selectAction": opens}]
    assert card["content"]["actions"] == [
        {"type": "Action.OpenUrl", "title": "Open the desk", "url": "https://desk.test"}
    ]


def test_the_first_accusations_are_described_and_the_rest_counted():
    message = digest_message(make_digest(report(*[BROKEN] * (MOST_DESCRIBED + 3))), "https://desk.test")
    assert message.title == f"Verifier: {MOST_DESCRIBED + 3} new accusations, 812 checked"
    assert message.lines.count(ChatLine("Broken link: tolls.pdf, note 9: Gone.")) == MOST_DESCRIBED
    assert ChatLine("… and 3 more.") in message.lines


def test_a_finding_leads_to_its_page_at_the_desk():
    linked = replace(BROKEN, desk_url="https://desk.test/findings/1")
    message = digest_message(make_digest(report(linked)), "https://desk.test")
    assert [line.link for line in message.lines if line.link] == ["https://desk.test/findings/1"]


@pytest.mark.parametrize("shape", ["slack", "teams"])
@pytest.mark.parametrize("words", ["界" * 3000, "𝐀" * 3000, '"' * 3000])
def test_no_message_is_larger_than_a_channel_takes(channel, shape, words):
    """Teams refuses more than 28 KB, Slack 50 blocks and 3,000 characters a section."""
    finding = replace(BROKEN, finding=replace(BROKEN.finding, message=words), desk_url="https://desk.test/" + "f" * 64)
    failed = tuple(FailedDocument(f"{words[:100]}.pdf", words) for _ in range(30))
    given = replace(report(*[finding] * 30), failed=failed)
    message = digest_message(make_digest(given), "https://desk.test")
    counted = [int(n) for line in message.lines for n in re.findall(r"^… and (\d+) more", line.text)]
    told = sum("…" in line.text and not line.text.startswith("… and") for line in message.lines)
    assert told + sum(counted) == 60
    post(message, settings(channel.url_for("/secret"), format=shape))
    sent(channel)
    assert len(channel.log[0][0].data) < 28_000
    assert all(len(line.text) <= 600 for line in message.lines)


def test_what_turns_the_order_of_signs_is_not_sent():
    finding = replace(BROKEN, finding=replace(BROKEN.finding, message="a\u202eb\x07"))
    (line,) = [one for one in digest_message(make_digest(report(finding))).lines if one.text.startswith("Broken")]
    assert line.text.endswith("a\ufffdb\ufffd")


def test_confidential_documents_are_only_counted():
    message = digest_message(make_digest(report(BROKEN), confidential={"tolls.pdf"}))
    assert "tolls" not in "".join(line.text for line in message.lines)
    assert any(line.text.startswith("1 new accusation. Not described") for line in message.lines)


@pytest.mark.parametrize(
    ("given", "quiet"),
    [(report(), True), (report(BROKEN), False), (report(state=RunState.INCOMPLETE), False)],
    ids=["quiet", "new", "incomplete"],
)
def test_which_nights_are_quiet(given, quiet):
    assert is_quiet(make_digest(given)) is quiet


def test_no_webhook_is_no_post():
    post(ChatMessage("One"), Settings())


@pytest.mark.parametrize(("path", "said"), [("/gone", "answered 404"), ("/moved", "answered 302")])
def test_another_answer_is_told_without_the_address(channel, path, said):
    with pytest.raises(NotificationError, match=f"localhost {said}") as caught:
        post(ChatMessage("One"), settings(channel.url_for(path)))
    assert path not in str(caught.value)
    assert len(channel.log) == 1


def test_no_answer_is_told_without_the_address():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotificationError, match=r"127\.0\.0\.1 cannot be reached \(ConnectionError\)") as caught:
        post(ChatMessage("One"), settings(f"http://127.0.0.1:{port}/secret"))
    assert "secret" not in str(caught.value)


def test_a_channel_that_hangs_costs_its_timeout():
    silent = socket.create_server(("127.0.0.1", 0))
    with silent, pytest.raises(NotificationError, match=r"did not answer within 0\.5 s"):
        post(ChatMessage("One"), settings(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.5))


@pytest.mark.parametrize("url", ["hooks.test/x", "ftp://hooks.test/", "https://", "https:// x"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(ValueError, match=r"webhook\.url needs"):
        WebhookSettings(url=url)
