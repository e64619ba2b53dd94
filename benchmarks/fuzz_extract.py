"""Sound PDFs and drafts with seeded damage through the reading process: every message, and whose words they are.

    python -m benchmarks.fuzz_extract --count 600 --seed 1

Half of the damage to a draft that is a package falls inside its parts, which are packed again. A message must be ours:
what it says is printed once, with its count, and the exit code is 1 where one has words of a library.
"""

import argparse
import io
import random
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from verifier.engines.reader import DocumentReader

ROOT = Path(__file__).resolve().parents[1]
FOREIGN = re.compile(
    r"\b\w+(?:Error|Exception)\b|Traceback|PDFium|pypdf|lxml|libxml|zlib|codec|object has no attribute|NoneType"
    r"|not in range|too large to convert|Bad (?:magic|CRC)|File is not|expected|invalid literal|list index|unpack"
)
"""Words that no message of ours has."""


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Some bytes flipped, deleted, doubled or replaced."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        if not changed:
            break
        at = chance.randrange(len(changed))
        match chance.randrange(5):
            case 0:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                del changed[at : at + chance.choice((1, 2, 9, 300))]
            case 2:
                changed[at:at] = changed[at : at + chance.choice((1, 9, 300))]
            case 3:
                changed[at : at + 1] = b"9" * chance.choice((1, 20, 400, 5000))
            case _:
                changed[at : at + 4] = chance.choice(
                    (b"\0\0\0\0", b"\xff\xff\xff\xff", b"<<[[", b"null", b"-1e9", b"%s%n")
                )
    return bytes(changed)


def damaged_within(data: bytes, chance: random.Random) -> bytes:
    """A package one of whose parts is damaged."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        hit = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(part, chance) if name == hit else part)
    return file.getvalue()


def cases(paths: list[Path], count: int, seed: int) -> Iterator[tuple[Path, bytes]]:
    """(the sound file, its damaged bytes), so many, each by its own seed."""
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        path = paths[number % len(paths)]
        data = path.read_bytes()
        packed = data.startswith(b"PK") and chance.random() < 0.5
        yield path, damaged_within(data, chance) if packed else damaged(data, chance)


def messages(paths: list[Path], count: int, seed: int) -> Counter[str]:
    """Every message of every reading, without paths and numbers, with its count."""
    said: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, DocumentReader(deadline=60) as reader:
        for sound, data in cases(paths, count, seed):
            path = Path(folder) / f"damaged{sound.suffix}"
            path.write_bytes(data)
            read = reader.read(path)
            told = [read.failure or ""] if read.extraction is None else [w.message for w in read.extraction.warnings]
            said.update(re.sub(r"\d+", "N", words.replace(str(path), "FILE")) for words in told)
            said["(read)" if read.extraction is not None else "(refused)"] += 1
    return said


def main() -> int:
    """Print every message with its count; 1 where one is not ours."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, help="sound files (default: the project's own PDFs)")
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    paths = given.paths or sorted((ROOT / "tests" / "data").glob("*.pdf"))
    said = messages(paths, given.count, given.seed)
    foreign = [words for words in said if FOREIGN.search(words)]
    for words, count in said.most_common():
        print(f"{count:>6}  {'NOT OURS  ' if words in foreign else ''}{words}")
    return 1 if foreign else 0


if __name__ == "__main__":
    sys.exit(main())
