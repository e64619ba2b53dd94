"""What a made document consists of, and what is true of it."""

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered or with bullets."""

    texts: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its head and its cells; `strong` rows are set bold, `indent` counts steps."""

    head: str
    cells: tuple[str, ...]
    strong: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of heads as (text, columns spanned), rows, notes below; `breaks` sets it over two pages."""

    caption: str
    heads: tuple[tuple[tuple[str, int], ...], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    breaks: bool = False


Block = Heading | Paragraph | Items | Table


@dataclass(frozen=True, slots=True)
class Proof:
    """An equation between printed figures, in fractions: what a reader who adds up again finds."""

    left: Fraction
    right: Fraction
    tolerance: Fraction = Fraction(0)

    @property
    def holds(self) -> bool:
        """Whether both sides agree."""
        return abs(self.left - self.right) <= self.tolerance


@dataclass(frozen=True, slots=True)
class Planted:
    """An error: its kind, and words of which a true finding shows at least one among its places."""

    kind: str
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks that belong together; `proofs` hold exactly where nothing is planted."""

    blocks: tuple[Block, ...]
    planted: Planted | None = None
    proofs: tuple[Proof, ...] = field(default=())

    def __post_init__(self) -> None:
        """The truth, checked: the printed figures agree unless an error was planted, and then they do not."""
        if self.proofs and all(proof.holds for proof in self.proofs) != (self.planted is None):
            raise AssertionError(f"the figures and the truth of a passage differ: {self}")


def number(printed: str) -> Fraction:
    """A printed figure as a fraction: separators, signs of per cent and money are left out, brackets mean minus."""
    bare = printed.strip().replace(",", "").replace("%", "").replace("$", "").replace("\u2212", "-")
    return -Fraction(bare[1:-1]) if bare.startswith("(") else Fraction(bare)
