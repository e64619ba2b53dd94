"""The structure tree's notes, on trees made with pypdf."""

from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from verifier.parser.page.tagging import tagged_notes


class Tree:
    """A PDF of two empty pages with a structure tree."""

    def __init__(self, *, marked: bool = True, roles: dict[str, str] | None = None) -> None:
        self.writer = PdfWriter()
        self.pages = [self.writer.add_blank_page(300, 300) for _ in range(2)]
        self.root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        self.root[NameObject("/RoleMap")] = DictionaryObject(
            {NameObject(f"/{role}"): NameObject(f"/{kind}") for role, kind in (roles or {}).items()}
        )
        self.tree = self.writer._add_object(self.root)
        self.root[NameObject("/K")] = ArrayObject()
        self.parents: list[dict[int, IndirectObject]] = [{}, {}]
        catalog = self.writer.root_object
        catalog[NameObject("/StructTreeRoot")] = self.tree
        catalog[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(marked)})

    def add(self, kind: str, *kids: object) -> "Tree":
        """Add an element below the root.

        A kid is a marked content of the first page, one of another (page from 0, number), or a list: type, then kids.
        """
        self.root["/K"].append(self._element(kind, kids, self.tree))
        return self

    def _element(self, kind: str, kids: tuple[object, ...], parent: IndirectObject) -> IndirectObject:
        element = DictionaryObject({NameObject("/S"): NameObject(f"/{kind}"), NameObject("/P"): parent})
        reference = self.writer._add_object(element)
        element[NameObject("/K")] = ArrayObject(self._kid(kid, reference) for kid in kids)
        return reference

    def _kid(self, kid: object, parent: IndirectObject) -> PdfObject:
        if isinstance(kid, list):
            return self._element(kid[0], tuple(kid[1:]), parent)
        page, number = kid if isinstance(kid, tuple) else (0, kid)
        self.parents[page][number] = parent
        content = DictionaryObject({NameObject("/Type"): NameObject("/MCR"), NameObject("/MCID"): NumberObject(number)})
        content[NameObject("/Pg")] = self.pages[page].indirect_reference
        return content

    def notes(self) -> list[dict[int, int]]:
        """What is read of each page."""
        numbers = ArrayObject()
        for at, (page, owners) in enumerate(zip(self.pages, self.parents, strict=True)):
            page[NameObject("/StructParents")] = NumberObject(at)
            numbers.extend((NumberObject(at), ArrayObject(owners[number] for number in sorted(owners))))
        self.root[NameObject("/ParentTree")] = DictionaryObject({NameObject("/Nums"): numbers})
        out = BytesIO()
        self.writer.write(out)
        document = pypdfium2.PdfDocument(out.getvalue())
        try:
            return [tagged_notes(document, document[at]) for at in range(2)]
        finally:
            document.close()


@pytest.mark.parametrize("kind", ["Note", "FENote"])
def test_the_contents_of_a_note_are_all_that_lies_in_it(kind: str) -> None:
    tree = Tree().add("P", 0, [kind, ["Lbl", 1], ["P", 2, ["Link", 3]]], 4).add(kind, 5)
    assert tree.notes() == [{1: 1, 2: 1, 3: 1, 5: 2}, {}]


def test_roles_that_the_producer_invented_are_mapped() -> None:
    assert Tree(roles={"Endnote": "Note"}).add("P", 0).add("Endnote", 1).notes() == [{1: 1}, {}]


def test_a_note_that_began_on_the_page_before_is_told_from_one_that_begins() -> None:
    tree = Tree().add("P", 0).add("Note", ["P", 1, (1, 0)]).add("Note", (1, 1))
    assert tree.notes() == [{1: 1}, {0: -1, 1: 1}]


def test_a_document_that_does_not_say_it_is_tagged_is_not_believed() -> None:
    assert Tree(marked=False).add("Note", 0).notes() == [{}, {}]


def test_an_element_that_holds_itself_ends() -> None:
    tree = Tree().add("Note", 0)
    note = tree.root["/K"][0]
    note.get_object()["/K"].append(note)
    assert tree.notes()[0] == {0: 1}


def test_other_elements_are_no_notes() -> None:
    assert Tree().add("P", 0, ["Reference", 1]).add("BibEntry", 2).notes() == [{}, {}]
