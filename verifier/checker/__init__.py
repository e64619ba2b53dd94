"""Text and history -> comparisons -> findings: scan, align, judge, explain."""

from verifier.checker.align.index import ReadSource, read_source
from verifier.checker.checks.base import (
    Check,
    CheckResult,
    CitedClaim,
    CitedText,
    Claim,
    FixedCheck,
    run_checks,
)
from verifier.checker.checks.failed_claims import failed_claim
from verifier.checker.checks.figures import FigureCheck
from verifier.checker.checks.inconsistencies import document_findings, inconsistency_findings
from verifier.checker.checks.languages import claim_not_checked, reads
from verifier.checker.checks.links import (
    REPLACEABLE,
    is_out_of_reach,
    is_too_soon,
    link_finding,
    link_stage,
    wants_witness,
)
from verifier.checker.checks.notes import note_findings
from verifier.checker.checks.own_analysis import is_own_analysis
from verifier.checker.checks.quotations import QuotationCheck
from verifier.checker.checks.registry_answers import registry_findings
from verifier.checker.checks.source_changes import CurrentText, RestedPassage, source_changed_finding
from verifier.checker.checks.works import CitedWork, ShownWork, WorkCheck
from verifier.checker.figures.scanner import scan
from verifier.checker.fingerprints import (
    figure_fingerprint,
    link_fingerprint,
    note_fingerprint,
    quotation_fingerprint,
    source_fingerprint,
    work_fingerprint,
)
from verifier.checker.severity import classify
from verifier.checker.verdict.compare import ACCUSATION_CUT, compare, compare_with_sources, figure_code
from verifier.checker.verdict.joint import JointComparison
from verifier.checker.works.cases import captions_in
from verifier.checker.works.identity import compare_with_list, compare_work
from verifier.checker.works.registry_answers import is_sure_record

CHECKER_VERSION = "4"

__all__ = [
    "ACCUSATION_CUT",
    "CHECKER_VERSION",
    "REPLACEABLE",
    "Check",
    "CheckResult",
    "CitedClaim",
    "CitedText",
    "CitedWork",
    "Claim",
    "CurrentText",
    "FigureCheck",
    "FixedCheck",
    "JointComparison",
    "QuotationCheck",
    "ReadSource",
    "RestedPassage",
    "ShownWork",
    "WorkCheck",
    "captions_in",
    "claim_not_checked",
    "classify",
    "compare",
    "compare_with_list",
    "compare_with_sources",
    "compare_work",
    "document_findings",
    "failed_claim",
    "figure_code",
    "figure_fingerprint",
    "inconsistency_findings",
    "is_out_of_reach",
    "is_own_analysis",
    "is_sure_record",
    "is_too_soon",
    "link_finding",
    "link_fingerprint",
    "link_stage",
    "note_findings",
    "note_fingerprint",
    "quotation_fingerprint",
    "read_source",
    "reads",
    "registry_findings",
    "run_checks",
    "scan",
    "source_changed_finding",
    "source_fingerprint",
    "wants_witness",
    "work_fingerprint",
]
