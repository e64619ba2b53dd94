"""Small charts as SVG, for where people would rather look than read; no script in them.

Each chart is an image with a title and a description for screen readers; each mark has a tooltip. Colours are Okabe
and Ito's, which colour-blind people tell apart; a style sheet may set the classes `status-...`, `kind-...` and
`chart-...` otherwise. Words take the page's own colour, so that charts are readable on light and on dark.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from verifier.model import Finding, FindingKind, LinkReason, LinkStatus
from verifier.reports.labels import CODE_WORDS, STATUS_WORDS, counted

STATUS_COLOURS: Mapping[LinkStatus, str] = {
    LinkStatus.OK: "#009e73",
    LinkStatus.MOVED: "#56b4e9",
    LinkStatus.BLOCKED: "#8a8f98",
    LinkStatus.REFUSED: "#cc79a7",
    LinkStatus.UNREACHABLE: "#e69f00",
    LinkStatus.BROKEN: "#d55e00",
}
"""From the bottom of a stack to its top: what is well, what cannot be known, what is ill."""

KIND_COLOURS: Mapping[FindingKind, str] = {FindingKind.ACCUSATION: "#d55e00", FindingKind.TO_DO: "#56b4e9"}

_WIDTH = 400
"""Units of the picture: as wide as a telephone is, so that its words stay readable there."""

_LEFT, _RIGHT, _TOP, _PLOT = 40, 8, 10, 150
_WIDEST_BAR = 30.0
_DATE_WIDTH = 84
_LEGEND_ROW = 18
_KIND_ROW = 36
_CHECK = 14


@dataclass(frozen=True, slots=True)
class HealthBar:
    """How many addresses had each status at a time."""

    at: datetime
    statuses: Mapping[LinkStatus, int]


@dataclass(frozen=True, slots=True)
class CheckMark:
    """One check of a source."""

    at: datetime
    status: LinkStatus
    reason: LinkReason


def health_chart(bars: Sequence[HealthBar], name: str = "health") -> Markup:
    """Bars over time, one a run, stacked by link status; empty where there is none. `name` is unique on the page."""
    if not bars:
        return Markup("")
    most = max(sum(bar.statuses.values()) for bar in bars) or 1
    step = (_WIDTH - _LEFT - _RIGHT) / len(bars)
    drawn = [_axis(most)]
    for number, bar in enumerate(bars):
        drawn.append(_stack(bar, _LEFT + number * step, step, most))
    drawn += _dates([bar.at for bar in bars], step)
    shown = [status for status in STATUS_COLOURS if any(bar.statuses.get(status) for bar in bars)]
    legend, height = _legend([(STATUS_WORDS[s], STATUS_COLOURS[s], f"status-{s.value}") for s in shown])
    latest = bars[-1]
    return _image(
        name,
        "Health of the cited sources over time",
        f"After the last of {counted(len(bars), 'run')}, {_day(latest.at)}: {_in_words(latest.statuses)}.",
        height,
        [*drawn, legend],
    )


def findings_chart(findings: Iterable[Finding], name: str = "kinds") -> Markup:
    """A bar for each kind of finding with their number; empty where there is none."""
    counts = Counter((finding.kind, finding.code) for finding in findings)
    if not counts:
        return Markup("")
    ordered = sorted(counts, key=lambda key: (key[0] is not FindingKind.ACCUSATION, -counts[key], key[1]))
    most = max(counts.values())
    drawn: list[Markup] = []
    for number, key in enumerate(ordered):
        kind, code = key
        width = max(2.0, (_WIDTH - 44) * counts[key] / most)
        y = number * _KIND_ROW
        bar = _rect(f"kind-{kind.value}", KIND_COLOURS[kind], 0, y + 17, width, 13)
        drawn += (_text(0, y + 12, CODE_WORDS[code].title), bar, _text(width + 6, y + 28, f"{counts[key]:,}"))
    summary = ", ".join(f"{CODE_WORDS[key[1]].title}: {counts[key]}" for key in ordered)
    return _image(name, "Findings by kind", f"{summary}.", len(ordered) * _KIND_ROW, drawn)


def checks_chart(checks: Sequence[CheckMark], name: str = "checks") -> Markup:
    """A square for each check of a source, oldest first; empty where there is none."""
    if not checks:
        return Markup("")
    drawn = []
    for number, check in enumerate(checks):
        caption = f"{_day(check.at)}: {STATUS_WORDS[check.status]} ({check.reason.value.replace('_', ' ')})"
        name_of = f"status-{check.status.value}"
        colour = STATUS_COLOURS[check.status]
        drawn.append(_rect(name_of, colour, number * _CHECK, 2, _CHECK - 3, 16, caption))
    latest = checks[-1]
    return _image(
        name,
        "Checks of this source over time",
        f"{counted(len(checks), 'check')} from {_day(checks[0].at)} to {_day(latest.at)}; "
        f"the last: {STATUS_WORDS[latest.status]}.",
        20,
        drawn,
        width=len(checks) * _CHECK,
    )


def _image(
    name: str, title: str, description: str, height: float, drawn: Sequence[Markup], width: float = _WIDTH
) -> Markup:
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{name}-title {name}-desc" viewBox="0 0 {width:g} {height:g}" '
        'width="{width:g}" height="{height:g}" xmlns="http://www.w3.org/2000/svg" font-size="13" fill="currentColor">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{description}</desc>{drawn}</svg>'
    ).format(name=name, title=title, description=description, width=width, height=height, drawn=Markup("").join(drawn))


def _stack(bar: HealthBar, x: float, step: float, most: int) -> Markup:
    """One bar with its tooltip, ill at the top."""
    width = min(step * 0.8, _WIDEST_BAR)
    left = x + (step - width) / 2
    parts: list[Markup] = []
    base = float(_TOP + _PLOT)
    for status, colour in STATUS_COLOURS.items():
        height = _PLOT * bar.statuses.get(status, 0) / most
        if height:
            base -= height
            parts.append(_rect(f"status-{status.value}", colour, left, base, width, height))
    caption = f"{_day(bar.at)}: {_in_words(bar.statuses)}"
    return Markup("<g><title>{}</title>{}</g>").format(caption, Markup("").join(parts))


def _axis(most: int) -> Markup:
    """Lines at nothing, half and all, with their numbers."""
    lines: list[Markup] = []
    for share in (0.0, 0.5, 1.0) if most > 1 else (0.0, 1.0):
        y = _TOP + _PLOT * (1 - share)
        lines.append(
            Markup('<path class="chart-line" stroke="currentColor" stroke-opacity=".25" d="M{} {:.1f}H{}"/>').format(
                _LEFT, y, _WIDTH - _RIGHT
            )
        )
        lines.append(_text(_LEFT - 6, y + 4, f"{round(most * share):,}", "end"))
    return Markup("").join(lines)


def _dates(times: Sequence[datetime], step: float) -> list[Markup]:
    """The first date, and as many after it as have room."""
    every = max(1, math.ceil(_DATE_WIDTH / step))
    return [
        _text(_LEFT + number * step, _TOP + _PLOT + 15, _day(at))
        for number, at in enumerate(times)
        if number % every == 0 and _LEFT + number * step + _DATE_WIDTH <= _WIDTH + _DATE_WIDTH / 8
    ]


def _legend(entries: Sequence[tuple[str, str, str]]) -> tuple[Markup, float]:
    """What the colours mean, in as many rows as it takes, and where the picture ends below them."""
    parts: list[Markup] = []
    x, y = float(_LEFT), _TOP + _PLOT + 26.0
    for words, colour, name in entries:
        width = 32 + 7.2 * len(words)
        if x > _LEFT and x + width > _WIDTH:
            x, y = float(_LEFT), y + _LEGEND_ROW
        parts += (_rect(name, colour, x, y, 11, 11), _text(x + 16, y + 10, words))
        x += width
    return Markup("").join(parts), y + _LEGEND_ROW


def _rect(name: str, colour: str, x: float, y: float, width: float, height: float, caption: str = "") -> Markup:
    tooltip = Markup("<title>{}</title>").format(caption) if caption else ""
    return Markup('<rect class="{}" fill="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">{}</rect>').format(
        name, colour, x, y, width, height, tooltip
    )


def _text(x: float, y: float, words: str, anchor: str = "start") -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(x, y, anchor, words)


def _in_words(statuses: Mapping[LinkStatus, int]) -> str:
    return ", ".join(f"{statuses[s]} {s.value}" for s in LinkStatus if statuses.get(s)) or "nothing was checked"


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
