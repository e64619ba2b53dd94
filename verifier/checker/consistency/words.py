"""Words that say how a table's or sentence's figures are meant, and when nothing can be concluded from them."""

import re

TOTAL = re.compile(
    r"(?:(?:grand|sub|sub-|overall|column|combined)\s?)?totals?(?:\s?[,:(–-].*|\s\w[\w\s&-]{0,40})?|overall|sum|insgesamt|summe"
    r"|gesamt|zusammen|totale|totaal|ensemble|total général|suma|all\s[\w\s-]{1,30}|totals?",
    re.IGNORECASE,
)
"""Heads of rows whose figures are the sums of others."""
TOTAL_COLUMN = re.compile(r"total|sum|overall|all", re.IGNORECASE)
OF_WHICH = re.compile(
    r"\W*(?:of\s+(?:which|whom|these|those)|thereof|therein|davon|darunter|dont|di\scui|de\slos\scuales|waarvan)\b",
    re.IGNORECASE,
)
BESIDE = re.compile(
    r"\W*(?:memo(?:randum)?\b|including\b|incl\.|excluding\b|excl\.|other than\b|plus\b|minus\b)", re.IGNORECASE
)
"""Rows that are beside the sum, or may."""
LESS = re.compile(
    r"\b(?:less|minus|deduct\w*|net|costs?|tax(?:es)?|expens\w+|expenditures?|payments?|discount)\b", re.IGNORECASE
)
ACCOUNTS = re.compile(
    r"\b(?:net|gross|less|balance|deficit|surplus|opening|closing|profits?|loss(?:es)?|income|equity|liabilities|assets"
    r"|depreciation|revenues?|receipts|ebitda?|change|difference|adjust\w+|transfers?|eliminat\w+|residual|discrepancy)\b",
    re.IGNORECASE,
)
"""Rows of accounts: their totals add and take away in ways that heads do not tell."""
NOT_ADDITIVE = re.compile(
    r"\b(?:means?|averages?|avg|medians?|index|indices|rates?|ratios?|scores?|per|age|ages|rank\w*|percentiles?|quartiles?"
    r"|densit\w+|prices?|yield|intensity|temperature|year|years|odds|coefficient|std|s\.?d\.?|variance|min|max|minimum|maximum"
    r"|multiple|times|days|hours|unique|distinct|no\.|growth|change)\b|[/±]",
    re.IGNORECASE,
)
"""Heads of columns that are not summed."""
SELECTED = re.compile(
    r"\b(?:top|largest|biggest|leading|selected|select|main|major|principal|most|examples?|sample"
    r"|excerpt|e\.g|some|key|highest|lowest|ten|first|partial|not shown|among|others? omitted|only)\b",
    re.IGNORECASE,
)
"""What heads or notes say of tables that show only some of what the total counts."""
OVERLAP = re.compile(
    r"\boverlap\w*|\bmultiple\b|\bmore than (?:one|once)\b"
    r"|\bseveral\s(?:answers|responses|categories|options|reasons|means)\b"
    r"|\bnot (?:mutually )?exclusive\b|\bmutually\b|\bdouble[- ]count\w*"
    r"|\bdo(?:es)? not (?:sum|add|total)\b|\bcounted (?:twice|in)\b|\bup to (?:two|three)\b"
    r"|\bany of\b|\brespond(?:ents?|ers?)\b"
    r"|\bexceeds? 100\b|\bunweighted\b|\bweighted\b|\bestimat\w+|\bextrapolat\w+|\bmodel+ed\b"
    r"|\bseasonally\b|\bunattributed\b"
    r"|\bnot (?:stated|allocated|known)\b|\bmissing\b|\bsuppressed\b|\bchained?\b",
    re.IGNORECASE,
)
"""What heads or notes say of figures that do not add up by nature."""
ROUNDING = re.compile(
    r"\b(?:may|might|do|does|will|need)\s+not\s+(?:\w+\s+)?(?:add|sum|total|agree|equal|be)\b"
    r"|\bround(?:ed|ing)\b|\bindependent\w*\s+rounded\b",
    re.IGNORECASE,
)
PERCENT = re.compile(
    r"%|\bper\s?cents?\b|\bpercentages?\b|\bshares?\b|\bproportion\b|\banteil\b|\bpart\b", re.IGNORECASE
)
CHANGE = re.compile(r"\b(?:change|growth|increase|decrease|variation|difference|diff)\b|Δ|\+/[-–−]", re.IGNORECASE)
HEDGE = re.compile(
    r"\b(?:about|around|approximately|approx\.?|roughly|some|circa|ca\.|c\.|nearly|almost"
    r"|close to|just (?:under|over)|over|under|more than|less than|fewer than|at least|at most"
    r"|up to|an estimated|estimated|or so|well over|upwards of|as many as)\W*$"
    r"|[~≈><≥≤]\W*$",
    re.IGNORECASE,
)
"""What before a figure says that it is not exact."""
