"""Text and history -> comparisons -> findings: scan, align, judge, explain.

The names are loaded when first used (PEP 562): a process that reads documents needs little of what compares them.
"""

from typing import TYPE_CHECKING

from verifier.lazy_names import lazy_names

if TYPE_CHECKING:
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

_MODULES = {
    "ACCUSATION_CUT": "verdict.compare",
    "Check": "checks.base",
    "CheckResult": "checks.base",
    "CitedClaim": "checks.base",
    "CitedText": "checks.base",
    "CitedWork": "checks.works",
    "Claim": "checks.base",
    "CurrentText": "checks.source_changes",
    "FigureCheck": "checks.figures",
    "FixedCheck": "checks.base",
    "JointComparison": "verdict.joint",
    "QuotationCheck": "checks.quotations",
    "REPLACEABLE": "checks.links",
    "ReadSource": "align.index",
    "RestedPassage": "checks.source_changes",
    "ShownWork": "checks.works",
    "WorkCheck": "checks.works",
    "captions_in": "works.cases",
    "claim_not_checked": "checks.languages",
    "classify": "severity",
    "compare": "verdict.compare",
    "compare_with_list": "works.identity",
    "compare_with_sources": "verdict.compare",
    "compare_work": "works.identity",
    "document_findings": "checks.inconsistencies",
    "failed_claim": "checks.failed_claims",
    "figure_code": "verdict.compare",
    "figure_fingerprint": "fingerprints",
    "inconsistency_findings": "checks.inconsistencies",
    "is_out_of_reach": "checks.links",
    "is_own_analysis": "checks.own_analysis",
    "is_sure_record": "works.registry_answers",
    "is_too_soon": "checks.links",
    "link_finding": "checks.links",
    "link_fingerprint": "fingerprints",
    "link_stage": "checks.links",
    "note_findings": "checks.notes",
    "note_fingerprint": "fingerprints",
    "quotation_fingerprint": "fingerprints",
    "read_source": "align.index",
    "reads": "checks.languages",
    "registry_findings": "checks.registry_answers",
    "run_checks": "checks.base",
    "scan": "figures.scanner",
    "source_changed_finding": "checks.source_changes",
    "source_fingerprint": "fingerprints",
    "wants_witness": "checks.links",
    "work_fingerprint": "fingerprints",
}

__getattr__, __dir__ = lazy_names(__name__, _MODULES)
