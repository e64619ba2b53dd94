"""Passages that look like contradictions and are none: what decides whether a finding can be trusted."""

from random import Random

from benchmarks.consistency.blocks import Block, Paragraph, Passage, Row, Table
from benchmarks.consistency.passages import TOPICS, Maker, n

Rows = list[tuple[str, tuple[str, ...]]]


def _table(caption: str, heads: tuple[str, ...], rows: Rows, *notes: str, breaks: bool = False) -> Table:
    made = tuple(Row(head, cells, strong=head.lower().startswith(("total", "all"))) for head, cells in rows)
    return Table(caption, (tuple((head, 1) for head in heads),), made, notes, breaks)


def _names(random: Random, count: int) -> list[str]:
    names = [name for _, names in TOPICS for name in names]
    return random.sample(names, count)


def _passage(*blocks: Block) -> Passage:
    return Passage(blocks)


def rounded_parts(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Parts rounded one by one, whose sum is off by a unit or two."""
    while True:
        exact = [random.randint(1000, 9000) for _ in range(6)]
        parts = [(value + 50) // 100 for value in exact]
        total = (sum(exact) + 50) // 100
        if total != sum(parts):
            break
    rows = [(name, (f"{part / 10:.1f}",)) for name, part in zip(_names(random, 6), parts, strict=True)]
    rows.append(("Total", (f"{total / 10:.1f}",)))
    note = ("Figures may not add up because of rounding.",) if half == 0 else ()
    return _passage(_table(f"Table {k}: Cost in millions of dollars", ("Place", "Cost"), rows, *note))


def percent_near_hundred(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Shares that add up to 99 or 101."""
    while True:
        counts = [random.randint(50, 900) for _ in range(5)]
        shares = [round(100 * count / sum(counts)) for count in counts]
        if sum(shares) != 100:
            break
    rows = [(x, (f"{share}%",)) for x, share in zip(_names(random, 5), shares, strict=True)]
    return _passage(_table(f"Table {k}: Where visitors came from", ("Place", "Share"), [*rows, ("Total", ("100%",))]))


def overlapping(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Categories that overlap: people who are counted in more than one row."""
    parts = [random.randint(300, 800) for _ in range(4)]
    total = max(parts) + random.randint(40, 200)
    rows = [(x, (n(part),)) for x, part in zip(("Bus", "Train", "Bicycle", "Car"), parts, strict=True)]
    rows.append(("Total travellers" if half else "Total", (n(total),)))
    note = () if half else ("Travellers may use more than one means of transport.",)
    return _passage(_table(f"Table {k}: Travellers by means of transport", ("Means", "Travellers"), rows, *note))


def top_of_many(random: Random, half: int, k: int, planted: bool) -> Passage:
    """The largest of more, and the total of all."""
    parts = sorted((random.randint(2000, 9000) for _ in range(7)), reverse=True)
    rows = [(x, (n(part),)) for x, part in zip(_names(random, 7), parts, strict=True)]
    rest = random.randint(700, 6000)
    label = "All 18 districts" if half == 0 else "Total, all districts"
    rows.append((label, (n(sum(parts) + rest),)))
    caption = f"Table {k}: The seven largest districts" if half == 0 else f"Table {k}: Leading districts by visits"
    return _passage(_table(caption, ("District", "Visits"), rows))


def averages(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Counts with a true total beside a mean, a median or an index, whose last row is no sum."""
    counts = [random.randint(200, 4000) for _ in range(5)]
    means = [random.randint(210, 690) / 10 for _ in range(5)]
    mean = sum(c * m for c, m in zip(counts, means, strict=True)) / sum(counts)
    head = random.choice(("Mean age", "Median wait (days)") if half == 0 else ("Score", "Index (2015 = 100)"))
    rows = [(x, (n(c), f"{m:.1f}")) for x, c, m in zip(_names(random, 5), counts, means, strict=True)]
    rows.append(("Total", (n(sum(counts)), f"{mean:.1f}")))
    return _passage(_table(f"Table {k}: Members", ("Place", "Members", head), rows))


def per_head(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Spending, people, and spending per head."""
    people = [random.randint(2000, 90000) for _ in range(5)]
    money = [p * random.randint(12, 60) for p in people]
    rows = [(x, (n(p), n(m), f"{m / p:.2f}")) for x, p, m in zip(_names(random, 5), people, money, strict=True)]
    rows.append(("Total", (n(sum(people)), n(sum(money)), f"{sum(money) / sum(people):.2f}")))
    last = "Per capita ($)" if half == 0 else "$ per person"
    return _passage(_table(f"Table {k}: Spending", ("Place", "Population", "Spending ($)", last), rows))


def several_answers(random: Random, half: int, k: int, planted: bool) -> Passage:
    """A question with several answers allowed."""
    shares = [random.randint(22, 71) for _ in range(5)]
    answers = ("Cost", "Distance", "Opening hours", "Staff", "Other")
    rows = [(x, (f"{s}%",)) for x, s in zip(answers, shares, strict=True)]
    asked = random.randint(300, 2000)
    if half:
        rows.append(("All respondents", (n(asked),)))
        return _passage(_table(f"Table {k}: Reasons given", ("Reason", "Share"), rows))
    text = f"Asked for their reasons, {shares[0]}% named cost and {shares[1]}% named distance."
    return _passage(_table(f"Table {k}: Reasons (several answers allowed)", ("Reason", "Share"), rows), Paragraph(text))


def net_and_gross(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Receipts less costs, with brackets for what is taken off."""
    gross, costs, tax = random.randint(5000, 9000), random.randint(900, 2500), random.randint(300, 800)
    rows = [
        ("Gross receipts", (n(gross),)),
        ("Running costs", (f"({n(costs)})",) if half == 0 else (n(costs),)),
        ("Less: tax" if half else "Tax", (f"({n(tax)})",) if half == 0 else (n(tax),)),
        ("Net receipts" if half else "Total, net", (n(gross - costs - tax),)),
    ]
    return _passage(_table(f"Table {k}: Receipts ($ thousand)", ("Item", "2022"), rows))


def revised_series(random: Random, half: int, k: int, planted: bool) -> Passage:
    """The same quantity in two editions of a series."""
    first = random.randint(21_000, 80_000)
    second = first + random.randint(30, 400)
    text = (
        f"The county first reported {n(first)} loans for 2020; the revised figure is {n(second)}."
        if half == 0
        else f"Loans in 2020 were {n(first)} in the old series. In the new series, loans in 2020 were {n(second)}."
    )
    return _passage(Paragraph(text))


def approximations(random: Random, half: int, k: int, planted: bool) -> Passage:
    """A table's exact figures, and the text's round ones."""
    values = [random.randint(10_000, 99_000) for _ in range(4)]
    names = _names(random, 4)
    rows = [(x, (n(v),)) for x, v in zip(names, values, strict=True)]
    rows.append(("Total", (n(sum(values)),)))
    about = round(values[0], -3)
    word = "about" if half == 0 else "roughly"
    nearly = n(round(sum(values) + 4000, -4))
    text = f"{names[0]} had {word} {n(about)} visits (Table {k}), and the county nearly {nearly}."
    return _passage(_table(f"Table {k}: Visits", ("Place", "Visits"), rows), Paragraph(text))


def other_years(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Sentences with the same words about other years and other parts."""
    a, b, c = (random.randint(2000, 8000) for _ in range(3))
    return _passage(
        Paragraph(
            f"In 2019 the libraries of the county lent {n(a)} maps. "
            f"In 2020 the libraries of the county lent {n(b)} maps."
        ),
        Paragraph(f"In 2019 the mobile libraries of the county lent {n(c)} maps."),
        Paragraph(f"Schools employed {n(a)} teachers, of whom {n(a // 3)} worked part time; clinics employed {n(c)}."),
    )


def over_pages(random: Random, half: int, k: int, planted: bool) -> Passage:
    """A table that goes on over a page, its total at the end."""
    values = [random.randint(100, 990) for _ in range(26)]
    names = [f"{name} {side}" for name in _names(random, 13) for side in ("North", "South")]
    rows = [(x, (n(v),)) for x, v in zip(names, values, strict=True)]
    rows.append(("Total", (n(sum(values)),)))
    return _passage(_table(f"Table {k}: Parishes", ("Parish", "Members"), rows, breaks=True))


def footnoted(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Cells with marks of notes behind their figures."""
    values = [random.randint(100, 990) for _ in range(5)]
    marks = ("*", "a", "") if half == 0 else ("[1]", "", "\u2020")
    rows = [(x, (n(v) + marks[i % 3],)) for i, (x, v) in enumerate(zip(_names(random, 5), values, strict=True))]
    rows.append(("Total", (n(sum(values)),)))
    return _passage(_table(f"Table {k}: Members", ("Place", "Members"), rows, "* or a: provisional."))


def negatives_in_brackets(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Surpluses and deficits, deficits in brackets or with a minus."""
    values = [random.randint(-900, 990) for _ in range(5)]
    values[1] = -abs(values[1]) - 11
    shown = [(n(v) if v >= 0 else f"({n(-v)})" if half == 0 else f"\u2212{n(-v)}") for v in (*values, sum(values))]
    rows = [(x, (s,)) for x, s in zip((*_names(random, 5), "Total"), shown, strict=True)]
    return _passage(_table(f"Table {k}: Surplus or deficit ($)", ("Place", "2022"), rows))


def thousands(random: Random, half: int, k: int, planted: bool) -> Passage:
    """A head that says thousands, and a text that gives the whole figure."""
    values = [random.randint(100, 990) for _ in range(4)]
    names = _names(random, 4)
    head = "Visits (thousands)" if half == 0 else "Visits, '000"
    rows = [(x, (n(v),)) for x, v in zip((*names, "Total"), (*values, sum(values)), strict=True)]
    text = f"In all there were {n(sum(values) * 1000)} visits; {names[1]} had {n(values[1] * 1000)} visits."
    return _passage(_table(f"Table {k}: Visits", ("Place", head), rows), Paragraph(text))


def memo_items(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Rows that are part of others, or beside the sum."""
    values = [random.randint(300, 990) for _ in range(4)]
    names = _names(random, 4)
    rows: Rows = []
    for i, (name, value) in enumerate(zip(names, values, strict=True)):
        rows.append((name, (n(value),)))
        if i in (0, 2):
            rows.append((("of which women" if half == 0 else "thereof: part-time"), (n(value // 3),)))
    rows.append(("Total", (n(sum(values)),)))
    rows.append(("Memo: volunteers" if half == 0 else "Vacancies", (n(random.randint(20, 200)),)))
    return _passage(_table(f"Table {k}: Staff", ("Place", "Staff"), rows))


def soft_changes(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Changes in points, in real terms, a year, and with a hedge."""
    a = random.randint(20, 40)
    first, second = 4000, 5200
    texts = (
        (
            f"The share of members under thirty rose from {a}% to {a + 6}%, an increase of 6 percentage points.",
            f"Spending rose from ${n(first)} to ${n(second)}, an increase of 11 percent in real terms.",
            "Membership grew from 1,000 to 1,464 over four years, by 10 percent a year.",
        )
        if half == 0
        else (
            f"Support rose by 6 points, from {a}% to {a + 6}%.",
            f"Costs went from {n(first)} to {n(second)}, up almost a third, or 13 per cent after inflation.",
            "Visits rose from 1,210 to 1,331, an annual rate of 4.9 per cent over two years.",
        )
    )
    return _passage(*(Paragraph(text) for text in texts))


def others_tables(random: Random, half: int, k: int, planted: bool) -> Passage:
    """References to tables and sections of other works, and numbers of laws."""
    texts = (
        ("Table 14 of the auditor's report gives the costs.", "Section 230 of the Act was not changed.")
        if half == 0
        else ("The census (its Table 21) counts fewer.", "See Figure 12 in Quist (2019), and section 48 of the code.")
    )
    return _passage(*(Paragraph(text) for text in texts))


def loose_counts(random: Random, half: int, k: int, planted: bool) -> Passage:
    """Numbers before lists that are examples, or lists of something else."""
    text = (
        "Six districts answered, among them Ashby, Corran and Denholm. Three of the five boards agreed."
        if half == 0
        else "The review covers nine services, such as libraries, schools and clinics. Two reasons matter here."
    )
    return _passage(Paragraph(text))


HARD_NEGATIVES: tuple[Maker, ...] = (
    rounded_parts,
    percent_near_hundred,
    overlapping,
    top_of_many,
    averages,
    per_head,
    several_answers,
    net_and_gross,
    revised_series,
    approximations,
    other_years,
    over_pages,
    footnoted,
    negatives_in_brackets,
    thousands,
    memo_items,
    soft_changes,
    others_tables,
    loose_counts,
)
