"""A letter as a draft for a mail program: a file that opens as an unsent message, and a link that begins one."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from db.letters import StoredLetter
from verifier.review.letters.compose import letter_text

LONGEST_LINK = 1900
"""Characters of a mailto link: Windows passes 2,048 on to a mail program ("Maximum URL length is 2,083", KB208427)."""

_ADDRESS = re.compile(r"[^\s@<>\"(),:;\[\]\\]{1,64}@[A-Za-z0-9.-]{1,253}")


def is_mail_address(words: str) -> bool:
    """Whether that may be an address of mail, as people write one."""
    return bool(_ADDRESS.fullmatch(words))


def mail_draft(letter: StoredLetter) -> bytes:
    """An RFC 5322 message without sender and date; `X-Unsent` makes Outlook open it as a draft ([MS-OXCMAIL])."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _one_line(letter.subject)
    if is_mail_address(letter.address) and letter.address.isascii():
        name, domain = letter.address.rsplit("@", 1)
        message["To"] = Address(_one_line(letter.recipient), name, domain)
    message["X-Unsent"] = "1"
    message.set_content(letter_text(letter))
    return message.as_bytes()


def mail_link(letter: StoredLetter) -> str | None:
    """A link that opens the letter in a mail program (RFC 6068); None for a letter too long for one."""
    to = quote(letter.address, safe="@") if is_mail_address(letter.address) else ""
    body = quote(letter_text(letter).replace("\n", "\r\n"), safe="")
    link = f"mailto:{to}?subject={quote(_one_line(letter.subject), safe='')}&body={body}"
    return link if len(link) <= LONGEST_LINK else None


def _one_line(words: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())
