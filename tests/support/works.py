"""How well cited works are told from others: false alarms, and what is caught.

    python -m tests.support.works [--half tune|held|all] [--seed 7] [--show]

The cases are of `tests.support.works_cases`; rules are chosen on the half `tune`, and judged on `held`.
"""

import argparse
from collections import Counter

from tests.support.works_cases import Case, cases
from verifier.checker import compare_with_list, compare_work
from verifier.model import DescribedWork, Work, WorkComparison
from verifier.parser.citations.split import read_citations
from verifier.resolver import described_records, is_list, read_payload

ACCUSING = ("other", "differs")


def main() -> None:
    """Print the figures of a half."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--half", choices=("tune", "held", "all"), default="all")
    wanted.add_argument("--seed", type=int, default=7)
    wanted.add_argument("--show", action="store_true")
    asked = wanted.parse_args()
    halves = {"tune": (0,), "held": (1,), "all": (0, 1)}[asked.half]
    chosen = [case for number, case in enumerate(cases(asked.seed)) if number % 2 in halves]
    answers = [(case, judge(case)) for case in chosen]
    for name, figure in figures(answers).items():
        print(f"{name:<24}{figure}")
    wrong = Counter(case.family for case, said in answers if not is_right(case, said))
    print(*(f"  {count:>3} wrong: {family}" for family, count in wrong.most_common()), sep="\n")
    if asked.show:
        for case, said in answers:
            if not is_right(case, said):
                print(f"\n{case.family}: {case.citation}\n   {said.verdict.value} {said.rule}: {said.reason}")


def judge(case: Case) -> WorkComparison:
    """The verdict on a case."""
    work = cited(case.citation)
    if case.source:
        found = described_records(case.source, case.record)
        if is_list(case.source, case.record):
            return compare_with_list(work, case.citation, found)
        return compare_work(work, case.citation, found[0] if found else DescribedWork())
    body, kind = (case.page.encode(), "text/html") if case.page is not None else (pdf_of(case), "application/pdf")
    readable = read_payload(body, kind, None, case.url)
    return compare_work(work, case.citation, (readable.work if readable else None) or DescribedWork())


def cited(citation: str) -> Work | None:
    """The first work of a citation."""
    return next((one.work for one in read_citations(citation) if one.work is not None), None)


def pdf_of(case: Case) -> bytes:
    """A PDF of one page with the case's lines."""
    from fpdf import FPDF

    document = FPDF()
    document.add_page()
    if case.pdf_title:
        document.set_title(case.pdf_title)
    for text, size in case.pdf or ():
        document.set_font("Helvetica", size=size)
        document.multi_cell(
            0,
            size * 0.5,
            text.replace("’", "'").encode("latin-1", "replace").decode("latin-1"),
            new_x="LMARGIN",
            new_y="NEXT",
        )
    return bytes(document.output())


def is_right(case: Case, said: WorkComparison) -> bool:
    """Whether the verdict is one of the right ones, and names a field that differs where that is the truth."""
    named = {field.value for field in said.differs}
    fields = said.verdict.value != "differs" or not case.differs or bool(named & set(case.differs))
    return said.verdict.value in case.accept and fields


def figures(answers: list[tuple[Case, WorkComparison]]) -> dict[str, str]:
    """False alarms on `same` and `unknown` cases, and the shares of the others that are caught."""
    truth = {
        verdict: [pair for pair in answers if pair[0].accept[0] == verdict]
        for verdict in ("same", "differs", "other", "unknown")
    }
    alarms = {
        name: sum(
            said.verdict.value in ACCUSING and said.verdict.value not in case.accept for case, said in truth[name]
        )
        for name in ("same", "unknown")
    }
    by_field = [pair for pair in truth["differs"] if {"year", "title"} & set(pair[0].differs)]
    rows = {
        "other": [pair for pair in truth["other"] if pair[0].accept == ("other",)],
        "differs": truth["differs"],
        "differs_year_title": by_field,
        "same": truth["same"],
        "unknown": truth["unknown"],
    }
    said = {f"alarms_{name}": f"{alarms[name]} of {len(truth[name])}" for name in alarms}
    for name, part in rows.items():
        right = sum(is_right(*pair) for pair in part)
        said[f"right_{name}"] = f"{right} of {len(part)} = {right / max(len(part), 1):.3f}"
    return said


if __name__ == "__main__":
    main()
