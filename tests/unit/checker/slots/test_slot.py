# ruff: noqa: E501 - a case a line reads as a table
from collections.abc import Sequence

import pytest

from verifier.checker.align.index import read_source
from verifier.checker.slots import Slot, SlotComparison, SlotReader, State
from verifier.checker.slots.names import Name, NameFinder


def compared(claim: str, source: str, text: str) -> SlotComparison:
    """The slots of the claim's last figure beside the source's figure that is written as `text`."""
    mine, theirs = read_source(claim), read_source(source)
    number = next(n for n, figure in enumerate(theirs.figures) if figure.text == text)
    return SlotReader(mine, theirs).compare(len(mine.figures) - 1, number)


CONFLICTS = [
    ("In Norway, 77 percent of boats carry one.", "In Iceland, 91 percent of boats carry one.", "91 percent", Slot.SUBJECT),
    ("Boys scored 512 in maths.", "Girls scored 498 in maths.", "498", Slot.SUBJECT),
    ("The Council bill allots $8 million.", "The Assembly bill allots $9 million.", "$9 million", Slot.SUBJECT),
    ("Falcon 1 can lift 32 tonnes.", "Falcon 9 can lift 22 tonnes.", "22 tonnes", Slot.SUBJECT),
    ("Real wages rose 3.9 percent.", "Nominal wages rose 3.9 percent.", "3.9 percent", Slot.MEASURE),
    ("The adjusted rate, seasonally adjusted, was 4 percent.", "Not seasonally adjusted, it was 4 percent.", "4 percent",
     Slot.MEASURE),
    ("The risk ratio was 2.9.", "The risk ratio was 1.8 (95% CI 1.1 to 2.9).", "2.9", Slot.MEASURE),
    ("Some 47 percent of women smoked.", "Among women 34 percent, among men 47 percent smoked.", "47 percent", Slot.SCOPE),
    ("Some 64 percent of teenagers used it.", "Among teens who own a phone, 64% used it; among all teens, 58% did.", "64%",
     Slot.SCOPE),
    ("Sales were $8 million in the second quarter.", "Sales were $8 million for the full year.", "$8 million", Slot.WINDOW),
    ("In the past decade it shrank by 15 percent.", "It shrank by 15 percent in the past two decades.", "15 percent",
     Slot.WINDOW),
    ("Since 2014, 212 branches closed.", "Since 2008, 212 branches closed.", "212", Slot.WINDOW),
    ("Fares rose to 12 percent.", "Fares rose by 12 percent.", "12 percent", Slot.RELATION),
    ("The pump worked in 9 trials.", "The pump failed in 9 trials.", "9", Slot.RELATION),
    ("The rate was 5.2 percent.", "The rate was 5.2 per 100,000 residents.", "5.2", Slot.RATE),
    ("The final cost was $40 million.", "It was budgeted at $40 million.", "$40 million", Slot.STATUS),
    ("The clinic treated 621 patients.", "The clinic treated 612 patients, not 621.", "621", Slot.STATUS),
    ("Some 41 mills had burnt.", "We wrote that 41 mills had burnt. The number is 14, not 41.", "41", Slot.STATUS),
    ("Some 48 percent of all nurses smoke.",
     "Half of the trainees (48%) smoke; among all nurses the share is 12%.", "48%", Slot.SCOPE),
    ("Melby beat Harrow 4-2.", "Harrow 4, Melby 2: a good day for the hosts.", "2", Slot.RELATION),
    ("Melby lost to Harrow 4-2.", "Melby beat Harrow 4-2 on Sunday.", "2", Slot.RELATION),
    ("Solar supplied 21 percent of the power.", "Wind supplied 21 percent of the power, solar 9 percent.", "21 percent",
     Slot.SUBJECT),
    ("Crime rose in Velmar in 2020.", "Police counted 466 cases in the same period in 2019.", "2019", Slot.WINDOW),
    ("The U-30 has 4 tubes.", "Length of the Type U 27 class, which has 5 tubes.", "5", Slot.SUBJECT),
    ("Some 63 voted against.", "Some 63 voted in favour.", "63", Slot.RELATION),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "source", "text", "slot"), CONFLICTS)
def test_a_slot_that_says_something_else_is_in_conflict(claim: str, source: str, text: str, slot: Slot) -> None:
    found = compared(claim, source, text)
    assert found.state_of(slot) is State.CONFLICT
    assert found.conflict is not None


SAME: Sequence[tuple[str, str, str]] = [
    ("In Norway, 77 percent of boats carry one.", "In Norway, 91 percent of boats carry one.", "91 percent"),
    ("According to Ruiz, 26 buses were ordered.", "Mayor Ana Ruiz said that 62 buses were ordered.", "62"),
    ("Danish exports fell 8 percent.", "Exports of Denmark fell 9 percent.", "9 percent"),
    ("The WHO counted 40 cases.", "The World Health Organization counted 44 cases.", "44"),
    ("Real wages rose 3.9 percent.", "Inflation-adjusted wages rose 3.8 percent.", "3.8 percent"),
    ("In ten years it shrank by 15 percent.", "It shrank by 15 percent in the past decade.", "15 percent"),
    ("Fares rose 12 percent.", "Fares rose by 12 percent.", "12 percent"),
    ("The drug may cut stays by 10 days.", "The drug can reduce stays by up to 10 days.", "10 days"),
    ("Melby lost to Harrow 4-2.", "Harrow 4, Melby 2: a good day for the hosts.", "2"),
    ("The survey found that 64 percent of teens used it.", "It found that 61 percent of teens used it.", "61 percent"),
    ("Households use 310 litres a day.", "Daily use is 310 litres per household per day.", "310 litres"),
]


@pytest.mark.parametrize(("claim", "source", "text"), SAME)
def test_other_words_for_the_same_are_no_conflict(claim: str, source: str, text: str) -> None:
    assert compared(claim, source, text).conflict is None


def test_a_passage_that_points_to_its_title_inherits_the_subject() -> None:
    found = compared(
        "The Velmar Rowing Club has 4,300 members.", "It was founded in 1893 and has 4,300 members.", "4,300"
    )
    assert found.state_of(Slot.SUBJECT) is State.INHERITED


def test_a_table_in_thousands_is_not_read_as_single_things() -> None:
    table = "Staff (in thousands)\nDepartment | 2020 | 2021\nHealth | 412 | 431\nSchools | 655 | 640"
    assert compared("In 2021 Health had 431 workers.", table, "431").state_of(Slot.UNIT) is State.CONFLICT
    assert compared("In 2021 Health stood at 431.", table, "431").state_of(Slot.UNIT) is State.SAME


def test_a_year_that_names_an_edition_is_not_known_to_be_of_the_same_time() -> None:
    found = compared("The 1932 Velmar Regatta was windy.", "It was accepted as the 1937 Velmar Regatta.", "1937")
    assert found.state_of(Slot.WINDOW) is State.ABSENT
    assert not found.is_known


def test_a_class_of_things_that_the_source_speaks_of_is_not_known_by_name() -> None:
    source = "Figures of the Orrick Dam. The dam holds 340 million cubic metres."
    assert NameFinder(read_source(source)).knows(Name(("orrick", "dam"), 0, 10))
    assert not NameFinder(read_source(source)).knows(Name(("halden", "dam"), 0, 10))


def test_a_pronoun_points_to_the_title_of_its_own_paragraph() -> None:
    page = "Otto Brack sold his mill in 1902.\n\nIt was founded in 1893 and has 4,300 members.\n\nAnna Rienz won."
    found = compared("The Velmar Rowing Club has 4,300 members.", page, "4,300")
    assert found.state_of(Slot.SUBJECT) is State.INHERITED
