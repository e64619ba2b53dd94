"""A letter as a mail draft and as a link: nothing is lost, and nothing that somebody wrote leads out of its place."""

import email
from dataclasses import replace
from email.header import decode_header, make_header
from email.policy import default
from email.utils import getaddresses
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.review.letters.test_compose import LETTER, TEXT
from verifier.review.letters.mail import LONGEST_LINK, is_mail_address, mail_draft, mail_link


def test_the_letter_as_a_mail_draft():
    draft = email.message_from_bytes(mail_draft(LETTER), policy=default)
    assert (draft["To"], draft["Subject"]) == ("Dr Iñés Who <who@uni.test>", LETTER.subject)
    assert draft.get_content().replace("\r\n", "\n") == TEXT
    assert draft["From"] is None
    assert draft["X-Unsent"] == "1"


@pytest.mark.parametrize("words", ["x\r\nBcc: all@evil.test", "x\nBcc: all@evil.test", "x\u2028Bcc: y", "\x00x"])
def test_no_header_is_smuggled_in(words):
    draft = email.message_from_bytes(mail_draft(replace(LETTER, subject=words, recipient=words)), policy=default)
    assert draft["Bcc"] is None
    assert len(draft["To"].addresses) == 1


@pytest.mark.parametrize("address", ["", "nobody", "a@b.test, c@d.test", "a b@c.test", "ä@b.test"])
def test_an_address_that_is_none_is_left_out_of_the_draft(address):
    draft = email.message_from_bytes(mail_draft(replace(LETTER, address=address)), policy=default)
    assert draft["To"] is None


def test_what_is_an_address():
    assert is_mail_address("a.b+c@uni.test")
    assert not any(
        map(is_mail_address, ("", "a", "a@", "@b", "a@b@c", "a@b c", 'a"@b.test', "a@b.test\n", "a@b?bcc=c"))
    )


def test_the_letter_as_a_link():
    link = urlsplit(mail_link(LETTER))
    assert (link.scheme, link.path) == ("mailto", "who@uni.test")
    query = parse_qs(link.query, strict_parsing=True)
    assert query == {"subject": [LETTER.subject], "body": [TEXT.replace("\n", "\r\n")]}
    assert unquote(mail_link(replace(LETTER, address="x?bcc=y"))).startswith("mailto:?subject=")
    assert mail_link(replace(LETTER, closing="x" * LONGEST_LINK)) is None


_WORDS = st.text(max_size=200) | st.text(alphabet='aéñ王 ,;:<>"()@.\\=?_-', max_size=300)


@given(_WORDS, _WORDS)
def test_subject_and_recipient_arrive_as_they_are(subject, recipient):
    content = mail_draft(replace(LETTER, subject=subject, recipient=recipient))
    assert max(map(len, content.split(b"\r\n"))) <= 998
    draft = email.message_from_bytes(content)
    assert set(draft) <= {"Subject", "To", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert decoded(draft["Subject"]) == one_line(subject)
    ((name, address),) = getaddresses([draft["To"].replace("\r\n", "")])
    assert address == "who@uni.test"
    assert decoded(name) == one_line(recipient)


def decoded(header: str | None) -> str:
    """As RFC 2047 has it; the newer parser of the standard library puts spaces between the words of a name."""
    return " ".join(str(make_header(decode_header(header or ""))).split())


def one_line(words: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


@given(st.text(max_size=300))
def test_any_words_make_a_draft_that_opens(words):
    letter = replace(LETTER, opening=words, subject=words, recipient=words)
    email.message_from_bytes(mail_draft(letter), policy=default)
    mail_link(letter)
