"""The built-in check of figures: a claim's figures against all that its note cites for them."""

from verifier.checker.check import CheckResult, CitedClaim


class FigureCheck:
    """Raises what disagrees with its sources, under the policy on signals, own analysis and captures."""

    name = "figures"

    def __init__(self, near_days: int = 180) -> None:
        self.near_days = near_days

    def findings(self, cited_claim: CitedClaim) -> CheckResult:
        """Findings, comparisons and counts of one claim."""
        return CheckResult()
