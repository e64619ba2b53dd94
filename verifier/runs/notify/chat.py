"""The digest of a night in a chat channel, by its incoming webhook.

The shapes are those of Slack's incoming webhooks (Block Kit; a section's text has at most 3,000 characters, a message
at most 50 blocks) and of Microsoft Teams' Workflows (a message with an Adaptive Card 1.4). All text is sent as plain
text: what a document says is never read as markup. A channel refuses what is too large (Teams: 28 KB), so that what is
described stays well below.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verifier.characters import shown
from verifier.notification_settings import WebhookFormat
from verifier.reports.contents import ReportedFinding
from verifier.reports.digest import Digest
from verifier.reports.labels import CODE_WORDS
from verifier.runs.notify.http_call import call
from verifier.settings import Settings

MOST_DESCRIBED = 10
"""New accusations that are described, the rest counted: a channel is no report."""

_LONGEST_LINE = 600
_MOST_BYTES = 16_000
"""Of the lines that describe something, as JSON writes them: a Chinese character has six bytes there."""

_CARD = "application/vnd.microsoft.card.adaptive"
_CARD_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_SLACK_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""What Slack's fallback text must escape ("Formatting text for app surfaces")."""


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A paragraph; `link` is the page at the desk of what it is about, empty for none."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message of paragraphs under a title; `link` is where more is to be seen, empty for nowhere."""

    title: str
    lines: tuple[ChatLine, ...] = ()
    link: str = ""


def digest_message(digest: Digest, desk: str = "") -> ChatMessage:
    """What a channel is sent of a night: the counts, the first new accusations, and what is only counted.

    `desk` is the address of the editors' desk.
    """
    left = _MOST_BYTES
    accusations, left = _fitting([_line(one) for one in digest.accusations[:MOST_DESCRIBED]], left)
    unread = [ChatLine(f"Not read: {failed.document}: {failed.reason}") for failed in digest.failed[:MOST_DESCRIBED]]
    failed, _ = _fitting(unread, left)
    lines = [
        ChatLine(digest.run_words),
        *accusations,
        *_rest(len(digest.accusations) - len(accusations), "more"),
        *failed,
        *_rest(len(digest.failed) - len(failed), "more not read"),
        ChatLine(digest.withheld_words),
        ChatLine(digest.still_open),
    ]
    return ChatMessage(digest.subject, tuple(line for line in lines if line.text), desk)


def _fitting(lines: Sequence[ChatLine], left: int) -> tuple[list[ChatLine], int]:
    """The first lines, cut to their greatest length, that fit into so many bytes, and how many bytes are left."""
    fitting = []
    for line in lines:
        text = _short(shown(line.text))
        left -= len(json.dumps([text, line.link]))
        if left < 0:
            break
        fitting.append(ChatLine(text, line.link))
    return fitting, max(left, 0)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_LINE else text[: _LONGEST_LINE - 1] + "…"


def _rest(count: int, words: str) -> list[ChatLine]:
    return [ChatLine(f"… and {count} {words}.")] if count > 0 else []


def is_quiet(digest: Digest) -> bool:
    """Whether a night found nothing new and nothing failed in it."""
    counts = digest.counts
    return not (counts.accusations or counts.to_dos or counts.failed) and not digest.is_incomplete


def post(message: ChatMessage, settings: Settings) -> None:
    """Send a message to the channel of the settings; nothing where none is given.

    Only the webhook's host is named in what is raised: its address is its password. A redirect is not followed. What is
    not taken for now is sent again (`retrying`).

    Raises NotificationError when it cannot be reached or does not answer with 2xx.
    """
    webhook = settings.webhook
    url = webhook.url.get_secret_value()
    if not url:
        return
    said = _SHAPES[webhook.format](message)
    call("POST", url, "no message in the channel", webhook.timeout, settings.fetch.user_agent, said)


def _line(reported: ReportedFinding) -> ChatLine:
    place = reported.places[0] if reported.places else None
    where = place.document if place else ""
    if place and place.footnote_label:
        where += f", note {place.footnote_label}"
    title = CODE_WORDS[reported.finding.code].title
    return ChatLine(": ".join(filter(None, (title, where, reported.finding.message))), reported.desk_url or "")


def _slack(message: ChatMessage) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = [{"type": "header", "text": _plain(message.title[:150])}]
    for line in message.lines:
        section: dict[str, Any] = {"type": "section", "text": _plain(line.text)}
        blocks.append(section | ({"accessory": _button("Open", line.link)} if line.link else {}))
    if message.link:
        blocks.append({"type": "actions", "elements": [_button("Open the desk", message.link)]})
    return {"text": message.title.translate(_SLACK_SIGNS), "blocks": blocks}


def _button(words: str, address: str) -> Mapping[str, Any]:
    return {"type": "button", "text": _plain(words), "url": address}


def _plain(text: str) -> Mapping[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _teams(message: ChatMessage) -> dict[str, Any]:
    card: dict[str, Any] = {
        "$schema": _CARD_SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [_run(ChatLine(message.title), weight="Bolder", size="Medium"), *map(_run, message.lines)],
    }
    if message.link:
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Open the desk", "url": message.link}]
    return {"type": "message", "attachments": [{"contentType": _CARD, "contentUrl": None, "content": card}]}


def _run(line: ChatLine, **look: str) -> dict[str, Any]:
    """A paragraph that is not read as Markdown, as a TextBlock's would be; one with a link is opened by a click."""
    run: dict[str, Any] = {"type": "TextRun", "text": line.text, **look}
    if line.link:
        run |= {"selectAction": {"type": "Action.OpenUrl", "title": "Open at the desk", "url": line.link}}
    return {"type": "RichTextBlock", "inlines": [run]}


_SHAPES = {WebhookFormat.SLACK: _slack, WebhookFormat.TEAMS: _teams}
