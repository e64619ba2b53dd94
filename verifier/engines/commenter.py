"""A process of its own that writes comments into Word files: what a hostile one crashes, hangs or bloats is it alone.

The request is a line of JSON (path, comments, time). The answer is a line of JSON that says what came of it, a line
feed, and the copy.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from verifier.engines.child import Child, ChildEndedError, serve
from verifier.engines.reader import BYTES_A_SECOND, DEADLINE, MEMORY_LIMIT
from verifier.errors import DocumentError
from verifier.parser.drafts.word_comments import CommentedWord, WordComment, comment_word


class WordCommenter:
    """The parent's side of one process, started when first needed and again after a crash. Not thread-safe."""

    def __init__(self, deadline: float = DEADLINE, memory: int = MEMORY_LIMIT) -> None:
        self._child = Child("verifier.engines.commenter", memory)
        self._deadline = deadline

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.stop()

    def comment(self, file: Path, comments: Sequence[WordComment], made: datetime) -> CommentedWord:
        """A copy of a Word file with comments. Raises DocumentError with the reason why there is none."""
        request = json.dumps([str(file), [asdict(comment) for comment in comments], made.isoformat()]).encode("ascii")
        try:
            size = file.stat().st_size
            answer = self._child.ask(request, self._deadline + size / BYTES_A_SECOND)
        except OSError as error:
            raise DocumentError(f"{file}: cannot be read ({error.strerror or error})") from None
        except ChildEndedError as error:
            advice = "it is damaged, or needs more time or memory than a document may take; save it again"
            raise DocumentError(f"{file}: no comments were written: {error}: {advice}") from None
        head, _, content = answer.partition(b"\n")
        try:
            was_signed, failure = json.loads(head)
        except (ValueError, TypeError):
            raise DocumentError(f"{file}: no comments were written: its process answered with something else") from None
        if failure is not None or not content:
            raise DocumentError(str(failure or f"{file}: no comments were written"))
        return CommentedWord(content, bool(was_signed))


def _answer(request: bytes) -> bytes:
    path, said, made = json.loads(request)
    comments = [
        WordComment(
            one["title"], one["text"], tuple((words, number) for words, number in one["sentences"]), one["link"]
        )
        for one in said
    ]
    try:
        copy = comment_word(Path(path), comments, datetime.fromisoformat(made))
    except DocumentError as error:
        return _failed(str(error))
    except MemoryError:
        return _failed(f"{path}: commenting it needs more memory than a document may take")
    except RecursionError:
        return _failed(f"{path}: is nested too deeply to be commented")
    except Exception as error:  # noqa: BLE001 - the boundary of this process: reported as a failure of this file
        return _failed(f"{path}: commenting it failed ({type(error).__name__}): it may be damaged; save it again")
    return json.dumps([copy.was_signed, None]).encode("ascii") + b"\n" + copy.content


def _failed(reason: str) -> bytes:
    return json.dumps([False, reason]).encode("ascii") + b"\n"


if __name__ == "__main__":
    serve(_answer)
