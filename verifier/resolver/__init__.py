"""Citation -> source -> fetch -> link status -> snapshot -> text."""

from verifier.resolver.archive.robots_archive import RobotsArchive
from verifier.resolver.archive.store import ArchivedPage, ArchiveStore, MemoryArchive
from verifier.resolver.archive.wacz import ExportReport, export_wacz
from verifier.resolver.archive.warc import WarcArchive, archive_length
from verifier.resolver.archive.warc_check import ArchiveProblem, ArchiveReport, check_archive
from verifier.resolver.archive.warc_prune import (
    Replacement,
    finished_files,
    replace_file,
    settle,
    take_back,
    unsettled,
    young_references,
)
from verifier.resolver.archive.warc_records import Supplied
from verifier.resolver.check import (
    check_address,
    failed_check,
    isolated,
    judge_address,
    not_asked,
    read_text,
    without_body,
)
from verifier.resolver.http.exchange import Exchange, Fetched
from verifier.resolver.http.fetcher import Fetcher
from verifier.resolver.http.guard import AddressGuard
from verifier.resolver.http.proxy import WARNING as PROXY_WARNING
from verifier.resolver.http.rate_limit import HostAsksToWait, HostRateLimiter
from verifier.resolver.http.time_budget import TimeBudget
from verifier.resolver.judge.judgement import judge, needs_probe
from verifier.resolver.judge.page import Page
from verifier.resolver.judge.probe import impossible_sibling
from verifier.resolver.memento.memento import CopyFinder, LookUp, as_archived
from verifier.resolver.session import HostBudgetSpent, SessionEnded, WebSession
from verifier.resolver.sources.identifiers import is_decision
from verifier.resolver.sources.resolve import Resolver, StaticResolver, TemplateResolver, source_of_url, sources_of
from verifier.resolver.sources.urls import address_of, canonical_url, fragment_of, host_of
from verifier.resolver.text.document_text import DOCUMENT_TYPES, ReadPayload, read_payload, reading_here
from verifier.resolver.text.extract import TEXT_EXTRACTOR_VERSION, readable_text, text_of_file
from verifier.resolver.text.language import language_of
from verifier.resolver.text.readable import Readable

__all__ = [
    "DOCUMENT_TYPES",
    "PROXY_WARNING",
    "TEXT_EXTRACTOR_VERSION",
    "AddressGuard",
    "ArchiveProblem",
    "ArchiveReport",
    "ArchiveStore",
    "ArchivedPage",
    "CopyFinder",
    "Exchange",
    "ExportReport",
    "Fetched",
    "Fetcher",
    "HostAsksToWait",
    "HostBudgetSpent",
    "HostRateLimiter",
    "LookUp",
    "MemoryArchive",
    "Page",
    "ReadPayload",
    "Readable",
    "Replacement",
    "Resolver",
    "RobotsArchive",
    "SessionEnded",
    "StaticResolver",
    "Supplied",
    "TemplateResolver",
    "TimeBudget",
    "WarcArchive",
    "WebSession",
    "address_of",
    "archive_length",
    "as_archived",
    "canonical_url",
    "check_address",
    "check_archive",
    "export_wacz",
    "failed_check",
    "finished_files",
    "fragment_of",
    "host_of",
    "impossible_sibling",
    "is_decision",
    "isolated",
    "judge",
    "judge_address",
    "language_of",
    "needs_probe",
    "not_asked",
    "read_payload",
    "read_text",
    "readable_text",
    "reading_here",
    "replace_file",
    "settle",
    "source_of_url",
    "sources_of",
    "take_back",
    "text_of_file",
    "unsettled",
    "without_body",
    "young_references",
]
