"""Passages with figures that agree, or with one planted error; wording by half, so that no rule is tuned to both."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from benchmarks.consistency.blocks import Items, Paragraph, Passage, Planted, Proof, Row, Table, number

TOPICS = (
    (("library", "libraries", "loans"), ("Ashby", "Corran", "Denholm", "Eskdale", "Fallow", "Garth", "Hexley")),
    (("school", "schools", "pupils"), ("Northgate", "Oldmere", "Pine Hill", "Quarrybank", "Redcliff", "Stowe", "Tarn")),
    (("clinic", "clinics", "visits"), ("Alder", "Birch", "Cedar", "Elm", "Hazel", "Juniper", "Maple")),
    (("harbour", "harbours", "landings"), ("Brae", "Cove", "Drummore", "Easthaven", "Fersk", "Gull Point", "Holm")),
)


def n(value: int) -> str:
    """A whole number with separators."""
    return f"{value:,}"


def slipped(random: Random, value: int) -> int:
    """A number as a slip of the pen makes it: two neighbouring digits exchanged, or one of them wrong."""
    digits = str(value)
    for _ in range(50):
        at = random.randrange(1, len(digits))
        changed = list(digits)
        if random.random() < 0.5 and at + 1 < len(digits):
            changed[at], changed[at + 1] = changed[at + 1], changed[at]
        else:
            changed[at] = random.choice("0123456789")
        other = int("".join(changed))
        if other != value:
            return other
    return value + 9


def _topic(random: Random) -> tuple[tuple[str, str, str], list[str]]:
    words, names = random.choice(TOPICS)
    return words, random.sample(names, random.randint(4, 6))


def totals(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """A table with a row of totals, one to three columns."""
    (_, plural, what), names = _topic(random)
    years = [str(2019 + i) for i in range(random.randint(1, 3))]
    table = [[random.randint(900, 9800) for _ in years] for _ in names]
    sums = [sum(row[i] for row in table) for i in range(len(years))]
    printed = list(sums)
    if planted:
        at = random.randrange(len(years))
        printed[at] = slipped(random, sums[at])
    label = ("Total", "All " + plural)[random.randrange(2)] if half == 0 else random.choice(("Overall", "Sum", "TOTAL"))
    rows = [Row(name, tuple(map(n, row))) for name, row in zip(names, table, strict=True)]
    rows.append(Row(label, tuple(map(n, printed)), strong=True))
    caption = f"Table {number_}: {what.capitalize()} by {'place' if half else 'district'}"
    proofs = tuple(
        Proof(number(n(p)), sum((number(n(r[i])) for r in table), Fraction(0))) for i, p in enumerate(printed)
    )
    wrong = next((n(p) for p, s in zip(printed, sums, strict=True) if p != s), "")
    return Passage(
        (Table(caption, ((("District", 1), *((y, 1) for y in years)),), tuple(rows)),),
        Planted("total", (wrong,)) if planted else None,
        proofs,
    )


def subtotals(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """Groups with subtotals, nested heads, and a grand total."""
    groups = ("Coast", "Inland") if half == 0 else ("Public", "Private", "Charities")
    heads = ("Staff", "Rooms")
    rows: list[Row] = []
    grand = [0, 0]
    proofs: list[Proof] = []
    wrong = ""
    faulty = random.randrange(len(groups)) if planted else -1
    for g, group in enumerate(groups):
        parts = [(random.randint(110, 950), random.randint(20, 99)) for _ in range(random.randint(3, 4))]
        rows.append(Row(group, ("", ""), strong=True))
        names = random.sample(TOPICS[g][1], len(parts))
        rows += [Row(name, tuple(map(n, part)), indent=1) for name, part in zip(names, parts, strict=True)]
        sums = [sum(part[i] for part in parts) for i in range(2)]
        grand = [a + b for a, b in zip(grand, sums, strict=True)]
        shown = list(sums)
        if g == faulty:
            shown[0] = slipped(random, sums[0])
            wrong = n(shown[0])
        proofs += [Proof(number(n(a)), Fraction(b)) for a, b in zip(shown, sums, strict=True)]
        rows.append(Row("Subtotal" if half == 0 else f"Total {group.lower()}", tuple(map(n, shown)), strong=True))
    rows.append(Row("Grand total" if half else "Total", tuple(map(n, grand)), strong=True))
    table = Table(
        f"Table {number_}. Staff and rooms",
        ((("", 1), ("Capacity in 2023", 2)), (("Provider", 1), *((h, 1) for h in heads))),
        tuple(rows),
    )
    return Passage((table,), Planted("total", (wrong,)) if planted else None, tuple(proofs))


def shares(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """Counts beside their shares of the total, rounded."""
    (_, _, what), names = _topic(random)
    counts = [random.randint(120, 2400) for _ in names]
    total = sum(counts)
    places = random.choice((0, 1))
    right = [f"{100 * count / total:.{places}f}" for count in counts]
    printed = list(right)
    if planted:
        at = random.randrange(len(names))
        printed[at] = f"{float(right[at]) + random.choice((6, 9, 11)):.{places}f}"
    sign = "%" if half == 0 else ""
    head = "Share" if half == 0 else "Per cent"
    rows = [Row(a, (n(b), c + sign)) for a, b, c in zip(names, counts, printed, strict=True)]
    rows.append(Row("Total", (n(total), "100" + sign), strong=True))
    tolerance = Fraction(1, 2 * 10**places)
    proofs = tuple(Proof(number(p), Fraction(100 * c, total), tolerance) for p, c in zip(printed, counts, strict=True))
    table = Table(f"Table {number_}: {what.capitalize()}", ((("Place", 1), ("Number", 1), (head, 1)),), tuple(rows))
    wrong = next((p for p, r in zip(printed, right, strict=True) if p != r), "")
    return Passage((table,), Planted("percentage", (wrong,)) if planted else None, proofs)


def of_which(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """Rows with "of which" rows below them."""
    (_, _, what), names = _topic(random)
    rows: list[Row] = []
    proofs: list[Proof] = []
    faulty = random.randrange(len(names)) if planted else -1
    wrong = ""
    for i, name in enumerate(names):
        whole = random.randint(700, 4000)
        part = random.randint(80, whole - 100)
        if i == faulty:
            part = whole + random.randint(40, 900)
            wrong = n(part)
        rows.append(Row(name, (n(whole),)))
        rows.append(Row("of which: children" if half == 0 else "of whom abroad", (n(part),), indent=1))
        proofs.append(Proof(max(number(n(part)) - number(n(whole)), Fraction(0)), Fraction(0)))
    table = Table(f"Table {number_}: {what.capitalize()} in 2022", ((("Place", 1), ("Number", 1)),), tuple(rows))
    return Passage((table,), Planted("part_exceeds_whole", (wrong,)) if planted else None, tuple(proofs))


def changes_in_table(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """Two years and the change between them in per cent."""
    (_, _, what), names = _topic(random)
    pairs = [(a := random.randint(900, 6000), a + random.choice((-1, 1)) * random.randint(40, 500)) for _ in names]
    right = [f"{100 * (b - a) / a:.1f}" for a, b in pairs]
    printed = list(right)
    if planted:
        at = random.randrange(len(names))
        printed[at] = f"{float(right[at]) + random.choice((3.4, 5.1, -4.2)):.1f}"
    rows = [Row(x, (n(a), n(b), p)) for x, (a, b), p in zip(names, pairs, printed, strict=True)]
    head = "Change (%)" if half == 0 else "% change"
    proofs = tuple(
        Proof(number(p), Fraction(100 * (b - a), a), Fraction(1, 20)) for p, (a, b) in zip(printed, pairs, strict=True)
    )
    table = Table(
        f"Table {number_}: {what.capitalize()}", ((("Place", 1), ("2021", 1), ("2022", 1), (head, 1)),), tuple(rows)
    )
    wrong = next((p for p, r in zip(printed, right, strict=True) if p != r), "")
    return Passage((table,), Planted("change", (wrong,)) if planted else None, proofs)


def share_in_prose(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """`X of Y (Z per cent)` in prose."""
    whole = random.randint(120, 1900)
    part = random.randint(whole // 6, whole - 20)
    right = round(100 * part / whole)
    said = right + random.choice((-9, 8, 12, -14)) if planted else right
    said = said if 1 < said < 99 else right + (7 if right < 90 else -7) * planted
    (_, plural, _), _ = _topic(random)
    forms = (
        (
            f"In the survey, {n(part)} of {n(whole)} {plural} ({said}%) had replaced their roofs.",
            f"Of the {n(whole)} {plural} that answered, {n(part)}, or {said} percent, had a plan for floods.",
        )
        if half == 0
        else (
            f"A plan existed in {n(part)} out of {n(whole)} {plural} ({said} per cent).",
            f"Some {said}% of {plural} ({n(part)} of {n(whole)}) said that they lacked staff.",
        )
    )
    proof = Proof(Fraction(said), Fraction(100 * part, whole), Fraction(1, 2))
    text = random.choice(forms)
    return Passage((Paragraph(text),), Planted("percentage", (str(said),)) if planted else None, (proof,))


def change_in_prose(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """A change from one figure to another, with its rate."""
    first = random.randint(400, 4000)
    second = first + random.randint(40, 900)
    up = random.random() < 0.5
    a, b = (first, second) if up else (second, first)
    right = round(100 * abs(b - a) / a)
    said = right + random.choice((5, 9, -6, 14)) if planted else right
    if said < 1:
        said = right + 7
    verb, noun = ("rose", "an increase") if up else ("fell", "a decrease")
    (_, _, what), _ = _topic(random)
    forms = (
        (
            f"The number of {what} {verb} from {n(a)} in 2018 to {n(b)} in 2022, {noun} of {said} percent.",
            f"Registered {what} {verb} by {said}%, from {n(a)} to {n(b)}.",
        )
        if half == 0
        else (
            f"Between 2018 and 2022 {what} {verb} {said} per cent, from {n(a)} to {n(b)}.",
            f"From {n(a)} in the first year, {what} {verb} to {n(b)} in the last ({'+' if up else '-'}{said}%).",
        )
    )
    proof = Proof(Fraction(said), Fraction(100 * abs(b - a), a), Fraction(1, 2))
    words = Planted("change", (str(said),)) if planted else None
    return Passage((Paragraph(random.choice(forms)),), words, (proof,))


def part_in_prose(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """A part of a named whole."""
    whole = random.randint(60, 400)
    part = whole + random.randint(5, 90) if planted else random.randint(10, whole - 5)
    (_, plural, _), _ = _topic(random)
    text = (
        f"Of the {whole} {plural} in the county, {part} are older than a century."
        if half == 0
        else f"The team wrote to {whole} {plural}; {part} of the {whole} answered."
    )
    proof = Proof(max(Fraction(part - whole), Fraction(0)), Fraction(0))
    return Passage((Paragraph(text),), Planted("part_exceeds_whole", (str(part),)) if planted else None, (proof,))


def restated_in_text(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """A summary's figure, given again further on."""
    value = random.randint(21_000, 98_000)
    again = slipped(random, value) if planted else value
    (_, plural, what), _ = _topic(random)
    if half == 0:
        first = f"The {plural} of the county counted {n(value)} {what} in 2023."
        second = f"As said above, the {plural} of the county counted {n(again)} {what} in 2023, more than ever before."
    else:
        first = f"Spending on {plural} was ${n(value)} in 2023, the summary of accounts says."
        second = f"In 2023, spending on {plural} was ${n(again)}; the council had planned for less."
    blocks = (Paragraph(first), *(Paragraph(text) for text in random.sample(FILLER, 2)), Paragraph(second))
    proof = Proof(number(n(value)), number(n(again)))
    return Passage(blocks, Planted("restated", (n(again), n(value))) if planted else None, (proof,))


def restated_from_table(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """A table's cell, given again in the text."""
    passage = totals(random, half, number_, planted=False)
    table = passage.blocks[0]
    assert isinstance(table, Table)
    row = random.choice(table.rows[:-1])
    year = random.randrange(len(row.cells))
    value = int(number(row.cells[year]))
    again = slipped(random, value) if planted else value
    what = table.caption.partition(": ")[2].partition(" by")[0].lower()
    head = table.heads[0][year + 1][0]
    text = (
        f"As Table {number_} shows, {row.head} had {n(again)} {what} in {head}."
        if half == 0
        else f"In {head}, {n(again)} {what} were counted in {row.head} (Table {number_})."
    )
    proof = Proof(number(n(again)), number(row.cells[year]))
    words = Planted("restated", (n(again), row.cells[year])) if planted else None
    return Passage((*passage.blocks, Paragraph(text)), words, (proof,))


def rounded(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """A table whose note says that its figures are rounded."""
    (_, _, what), names = _topic(random)
    unit, words = random.choice(((1000, "thousand"), (100, "hundred")))
    values = [random.randint(12, 950) * unit for _ in names]
    wrong = ""
    if planted:
        at = random.randrange(len(values))
        values[at] += random.randint(3, unit // 2 - 3)
        wrong = n(values[at])
    notes = (
        (f"Note: figures are rounded to the nearest {words}.",)
        if half == 0
        else (f"Values rounded to nearest {unit:,}; source: registers.",)
    )
    rows = tuple(Row(name, (n(value),)) for name, value in zip(names, values, strict=True))
    proofs = tuple(Proof(Fraction(value % unit), Fraction(0)) for value in values)
    table = Table(f"Table {number_}: {what.capitalize()}, 2021", ((("Place", 1), ("Number", 1)),), rows, notes)
    return Passage((table,), Planted("rounding", (wrong,)) if planted else None, proofs)


STEPS = (
    "Publish the accounts of every year in the spring.",
    "Give the board a seat for those who use the service.",
    "Replace the oldest roofs before the next winter.",
    "Ask the auditors for a review every third year.",
    "Write to every household once a year.",
    "Keep the reserve apart from the running budget.",
)
WORDS = {3: "three", 4: "four", 5: "five", 6: "six"}
NUMBERS = {word: value for value, word in WORDS.items()}


def counted_list(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """A number of things announced, and the list of them."""
    items = random.sample(STEPS, random.randint(3, 5))
    said = len(items) + (1 if planted else 0)
    intro = (
        random.choice((f"We make the following {WORDS[said]} recommendations:", f"We recommend {WORDS[said]} steps:"))
        if half == 0
        else random.choice((f"The committee proposes {WORDS[said]} measures:", f"There are {WORDS[said]} proposals."))
    )
    blocks = (Paragraph(intro), Items(tuple(items), numbered=random.random() < 0.6))
    proof = Proof(Fraction(said), Fraction(len(items)))
    return Passage(blocks, Planted("count", (WORDS[said],)) if planted else None, (proof,))


def referring(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """A sentence that refers to a table; a planted one to a table that is not there."""
    target = number_ + 7 if planted else max(1, number_ - 1)
    text = (
        random.choice((f"The figures are in Table {target}.", f"See Table {target} for the detail by district."))
        if half == 0
        else random.choice((f"Details are given in Table {target} below.", f"This is broken down in Table {target}."))
    )
    return Passage((Paragraph(text),), Planted("cross_reference", (f"Table {target}",)) if planted else None)


def dated(random: Random, half: int, number_: int, planted: bool) -> Passage:
    """A weekday with its date, a last day of a month, a span of years."""
    day = date(2019, 1, 1) + timedelta(days=random.randrange(1500))
    shown = day + timedelta(days=2) if planted else day
    month = f"{day:%B}"
    if half == 0:
        text, wrong = f"The board met on {shown:%A}, {day.day} {month} {day.year}, and agreed.", str(day.year)
        proofs = (Proof(Fraction(shown.weekday()), Fraction(day.weekday())),)
    elif random.random() < 0.5:
        last = 31 if planted else 30
        text, wrong = f"The scheme was open until {last} June {day.year} and was not renewed.", "31 June"
        proofs = (Proof(Fraction(last), Fraction(30)),)
    else:
        end = day.year - 4 if planted else day.year + 4
        text, wrong = f"The programme ran from {day.year} to {end} and served every district.", str(end)
        proofs = (Proof(Fraction(max(day.year - end, 0)), Fraction(0)),)
    return Passage((Paragraph(text),), Planted("date", (wrong,)) if planted else None, proofs)


FILLER = (
    "The county has kept its buildings for a long time, and most of those who work in them know them well.",
    "Nobody expects the budget to grow. What can be done is to spend it earlier in the year, when firms are idle.",
    "Several people whom we asked said that they would rather wait for a good repair than have a bad one at once.",
    "This paper describes what was found, and leaves it to the council to say what should follow from it.",
    "The method is described elsewhere; it has not changed since the first survey, so that years can be compared.",
    "Work of this kind is rarely noticed until it is left undone, and by then it costs several times as much.",
)

Maker = Callable[[Random, int, int, bool], Passage]

PLANTABLE: dict[str, tuple[Maker, ...]] = {
    "total": (totals, subtotals),
    "part_exceeds_whole": (of_which, part_in_prose),
    "percentage": (shares, share_in_prose),
    "change": (changes_in_table, change_in_prose),
    "restated": (restated_in_text, restated_from_table),
    "rounding": (rounded,),
    "count": (counted_list,),
    "cross_reference": (referring,),
    "date": (dated,),
}
