"""Text and history -> comparisons -> findings: scan, align, judge, explain."""

from verifier.checker.changes import CurrentText, RestedPassage, source_changed_finding
from verifier.checker.check import (
    Check,
    CheckResult,
    CitedClaim,
    CitedText,
    Claim,
    FixedCheck,
    JointComparison,
    run_checks,
)
from verifier.checker.compare import ACCUSATION_CUT, compare, compare_with_sources, figure_code
from verifier.checker.failed_claims import failed_claim
from verifier.checker.figures import FigureCheck
from verifier.checker.fingerprints import (
    figure_fingerprint,
    link_fingerprint,
    note_fingerprint,
    quotation_fingerprint,
    source_fingerprint,
)
from verifier.checker.languages import claim_not_checked, reads
from verifier.checker.links import REPLACEABLE, is_too_soon, link_finding, link_stage
from verifier.checker.notes import note_findings
from verifier.checker.own_analysis import is_own_analysis
from verifier.checker.quotation_check import QuotationCheck
from verifier.checker.scanner import scan
from verifier.checker.severity import classify
from verifier.checker.source import ReadSource, read_source

CHECKER_VERSION = "2"

__all__ = [
    "ACCUSATION_CUT",
    "CHECKER_VERSION",
    "REPLACEABLE",
    "Check",
    "CheckResult",
    "CitedClaim",
    "CitedText",
    "Claim",
    "CurrentText",
    "FigureCheck",
    "FixedCheck",
    "JointComparison",
    "QuotationCheck",
    "ReadSource",
    "RestedPassage",
    "claim_not_checked",
    "classify",
    "compare",
    "compare_with_sources",
    "failed_claim",
    "figure_code",
    "figure_fingerprint",
    "is_own_analysis",
    "is_too_soon",
    "link_finding",
    "link_fingerprint",
    "link_stage",
    "note_findings",
    "note_fingerprint",
    "quotation_fingerprint",
    "read_source",
    "reads",
    "run_checks",
    "scan",
    "source_changed_finding",
    "source_fingerprint",
]
