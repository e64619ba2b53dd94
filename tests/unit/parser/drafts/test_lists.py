"""Lists of drafts are counted by the file's own structure, and held against what announces them."""

# ruff: noqa: E501 - a page a line

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.support.draft_files import odt
from verifier.checker.consistency import inconsistencies
from verifier.parser import read

STEPS = ["Publish the accounts.", "Replace the roofs.", "Write to households."]


def html(before: str, items: Sequence[str], after: str) -> bytes:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<html><body><p>Words.</p><p>{before}</p><ul>{listed}</ul><p>{after}</p></body></html>".encode()


def markdown(before: str, items: Sequence[str], after: str) -> bytes:
    listed = "\n".join(f"- {item}" for item in items)
    return f"Words.\n\n{before}\n\n{listed}\n\n{after}\n".encode()


def opendocument(before: str, items: Sequence[str], after: str) -> bytes:
    listed = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in items)
    return odt(
        f"<text:p>Words.</text:p><text:p>{before}</text:p><text:list>{listed}</text:list><text:p>{after}</text:p>"
    )


FORMATS: dict[str, Callable[[str, Sequence[str], str], bytes]] = {"html": html, "md": markdown, "odt": opendocument}


def found(data: bytes, suffix: str, folder: Path) -> list[tuple[str, str | None]]:
    file = folder / f"draft.{suffix}"
    file.write_bytes(data)
    return [(one.kind.value, one.computed) for one in inconsistencies(read(file)[1])]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(("said", "expected"), [("three", []), ("four", [("count", "3")]), ("nine", [])])
def test_a_list_has_as_many_items_as_are_announced(
    suffix: str, said: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    data = FORMATS[suffix](f"We recommend {said} steps:", STEPS, "That is all.")
    assert found(data, suffix, tmp_path) == expected


@pytest.mark.parametrize(
    "page",
    [
        "<p>We recommend four steps:</p><ul><li>One.</li><li>Two.</li></ul><p>And then:</p><ul><li>Three.</li><li>Four.</li></ul>",
        "<p>We recommend four steps:</p><ol start=3><li>One.</li><li>Two.</li><li>Three.</li></ol><p>All.</p>",
        "<p>We recommend two steps:</p><ul><li>One: <ul><li>a.</li><li>b.</li><li>c.</li></ul></li><li>Two.</li></ul><p>All.</p>",
        "<p>We recommend two steps:</p><ul><li><p>One.</p><p>At length.</p></li><li>Two.</li></ul><p>All.</p>",
        "<p>We asked four experts.</p><ul><li>One.</li><li>Two.</li><li>Three.</li></ul><p>All.</p>",
    ],
)
def test_lists_that_may_be_more_or_are_in_others_are_left(page: str, tmp_path: Path) -> None:
    assert found(f"<html><body><p>Words.</p>{page}</body></html>".encode(), "html", tmp_path) == []
