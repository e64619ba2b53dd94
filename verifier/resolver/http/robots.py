"""robots.txt (RFC 9309), read by Protego: what a site asks automatic visitors to leave alone, and at what pace."""

import math
import re
from dataclasses import dataclass

from protego import Protego

MOST_BYTES = 512_000
"""What is read of a robots.txt: RFC 9309, section 2.5, asks for at least 500 kibibytes."""


_VERSION = re.compile(r"^(\s*user-agent\s*:\s*[a-z_-]+)/\S*", re.IGNORECASE | re.MULTILINE)  # some sites write one


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site for the visitor named `product`; where nothing is `parsed`, nothing may be visited."""

    parsed: Protego | None
    product: str = ""

    def allow(self, target: str) -> bool:
        """Whether a path with its query may be visited; /robots.txt itself always may (section 2.2.2)."""
        if target == "/robots.txt":
            return True
        return self.parsed is not None and self.parsed.can_fetch(target, self.product)

    @property
    def crawl_delay(self) -> float:
        """The seconds between two requests that the site asks for; 0 where it asks for none that makes sense."""
        delay = self.parsed.crawl_delay(self.product) if self.parsed is not None else None
        return delay if delay is not None and math.isfinite(delay) and delay > 0 else 0.0


ALL_ALLOWED = Rules(Protego.parse(""))
NOTHING_ALLOWED = Rules(None)


def read_rules(text: str, product: str) -> Rules:
    """The rules that a robots.txt has for a product token: its own groups together, else those for `*`."""
    return Rules(Protego.parse(_VERSION.sub(r"\1", text.removeprefix("\ufeff"))), product)
