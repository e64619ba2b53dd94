"""Citation -> source -> fetch -> link status -> snapshot -> text.

The names are loaded when first used (PEP 562): a process that reads bodies needs nothing of the network or the judge.
"""

from typing import TYPE_CHECKING

from verifier.lazy_names import lazy_names

if TYPE_CHECKING:
    from verifier.resolver.archive.object_archive import ObjectArchive
    from verifier.resolver.archive.object_names import CopiedName, ObjectName
    from verifier.resolver.archive.open import OpenArchive, open_archive
    from verifier.resolver.archive.robots_archive import RobotsArchive
    from verifier.resolver.archive.store import ArchivedPage, ArchiveStore, MemoryArchive
    from verifier.resolver.archive.wacz import ExportReport, export_objects, export_wacz
    from verifier.resolver.archive.warc import WarcArchive, archive_length
    from verifier.resolver.archive.warc_check import ArchiveProblem, ArchiveReport, check_archive, check_objects
    from verifier.resolver.archive.warc_prune import (
        RecordGroup,
        Replacement,
        commit,
        finished_files,
        pending,
        record_groups,
        replace_file,
        rollback,
        young_references,
    )
    from verifier.resolver.archive.warc_records import Supplied
    from verifier.resolver.check import (
        archived_as_page,
        check_address,
        failed_check,
        isolated,
        judge_address,
        not_asked,
        read_text,
        supplied_check,
        without_body,
    )
    from verifier.resolver.http.exchange import Exchange, Fetched
    from verifier.resolver.http.fetcher import Fetcher
    from verifier.resolver.http.guard import AddressGuard
    from verifier.resolver.http.proxy import PROXY_WARNING
    from verifier.resolver.http.rate_limit import HostAsksToWait, HostRateLimiter, RateLimiter
    from verifier.resolver.http.time_budget import TimeBudget
    from verifier.resolver.judge.judgement import needs_probe
    from verifier.resolver.judge.other_content import is_other_content, shows_the_same
    from verifier.resolver.judge.page import Page
    from verifier.resolver.judge.probe import control_url
    from verifier.resolver.memento.memento import CopyFinder, LookUp, as_archived
    from verifier.resolver.registries.credentials import RegistryKey, registry_keys
    from verifier.resolver.registries.look_up import look_up
    from verifier.resolver.registries.registry import (
        REGISTRY_NAMES,
        FixedRegistry,
        Registry,
        records_of,
        registries_named,
    )
    from verifier.resolver.registries.search import Search, SoughtWork
    from verifier.resolver.session import HostBudgetSpent, SessionEnded, WebSession
    from verifier.resolver.sources.identifiers import is_decision
    from verifier.resolver.sources.resolve import (
        Resolver,
        StaticResolver,
        TemplateResolver,
        identifier_keys,
        source_of_url,
        sources_of,
    )
    from verifier.resolver.sources.urls import address_of, canonical_url, fragment_of, host_of
    from verifier.resolver.text.document_text import DOCUMENT_TYPES, ReadPayload, read_payload, reading_here
    from verifier.resolver.text.extract import TEXT_EXTRACTOR_VERSION, readable_text, text_of_file
    from verifier.resolver.text.language import language_of
    from verifier.resolver.text.readable import Readable
    from verifier.resolver.works.nature import at_address
    from verifier.resolver.works.records import described_records, is_list

__all__ = [
    "DOCUMENT_TYPES",
    "PROXY_WARNING",
    "REGISTRY_NAMES",
    "TEXT_EXTRACTOR_VERSION",
    "AddressGuard",
    "ArchiveProblem",
    "ArchiveReport",
    "ArchiveStore",
    "ArchivedPage",
    "CopiedName",
    "CopyFinder",
    "Exchange",
    "ExportReport",
    "Fetched",
    "Fetcher",
    "FixedRegistry",
    "HostAsksToWait",
    "HostBudgetSpent",
    "HostRateLimiter",
    "LookUp",
    "MemoryArchive",
    "ObjectArchive",
    "ObjectName",
    "OpenArchive",
    "Page",
    "RateLimiter",
    "ReadPayload",
    "Readable",
    "RecordGroup",
    "Registry",
    "RegistryKey",
    "Replacement",
    "Resolver",
    "RobotsArchive",
    "Search",
    "SessionEnded",
    "SoughtWork",
    "StaticResolver",
    "Supplied",
    "TemplateResolver",
    "TimeBudget",
    "WarcArchive",
    "WebSession",
    "address_of",
    "archive_length",
    "archived_as_page",
    "as_archived",
    "at_address",
    "canonical_url",
    "check_address",
    "check_archive",
    "check_objects",
    "commit",
    "control_url",
    "described_records",
    "export_objects",
    "export_wacz",
    "failed_check",
    "finished_files",
    "fragment_of",
    "host_of",
    "identifier_keys",
    "is_decision",
    "is_list",
    "is_other_content",
    "isolated",
    "judge_address",
    "language_of",
    "look_up",
    "needs_probe",
    "not_asked",
    "open_archive",
    "pending",
    "read_payload",
    "read_text",
    "readable_text",
    "reading_here",
    "record_groups",
    "records_of",
    "registries_named",
    "registry_keys",
    "replace_file",
    "rollback",
    "shows_the_same",
    "source_of_url",
    "sources_of",
    "supplied_check",
    "text_of_file",
    "without_body",
    "young_references",
]

_MODULES = {
    "at_address": "works.nature",
    "FixedRegistry": "registries.registry",
    "Registry": "registries.registry",
    "described_records": "works.records",
    "identifier_keys": "sources.resolve",
    "is_list": "works.records",
    "look_up": "registries.look_up",
    "registries_named": "registries.registry",
    "records_of": "registries.registry",
    "REGISTRY_NAMES": "registries.registry",
    "RegistryKey": "registries.credentials",
    "registry_keys": "registries.credentials",
    "Search": "registries.search",
    "SoughtWork": "registries.search",
    "AddressGuard": "http.guard",
    "ArchiveProblem": "archive.warc_check",
    "ArchiveReport": "archive.warc_check",
    "ArchiveStore": "archive.store",
    "ArchivedPage": "archive.store",
    "CopyFinder": "memento.memento",
    "DOCUMENT_TYPES": "text.document_text",
    "Exchange": "http.exchange",
    "ExportReport": "archive.wacz",
    "Fetched": "http.exchange",
    "Fetcher": "http.fetcher",
    "HostAsksToWait": "http.rate_limit",
    "HostBudgetSpent": "session",
    "HostRateLimiter": "http.rate_limit",
    "RateLimiter": "http.rate_limit",
    "LookUp": "memento.memento",
    "MemoryArchive": "archive.store",
    "ObjectArchive": "archive.object_archive",
    "CopiedName": "archive.object_names",
    "ObjectName": "archive.object_names",
    "RecordGroup": "archive.warc_prune",
    "record_groups": "archive.warc_prune",
    "OpenArchive": "archive.open",
    "PROXY_WARNING": "http.proxy",
    "Page": "judge.page",
    "ReadPayload": "text.document_text",
    "Readable": "text.readable",
    "Replacement": "archive.warc_prune",
    "Resolver": "sources.resolve",
    "RobotsArchive": "archive.robots_archive",
    "SessionEnded": "session",
    "StaticResolver": "sources.resolve",
    "Supplied": "archive.warc_records",
    "TEXT_EXTRACTOR_VERSION": "text.extract",
    "TemplateResolver": "sources.resolve",
    "WarcArchive": "archive.warc",
    "TimeBudget": "http.time_budget",
    "WebSession": "session",
    "address_of": "sources.urls",
    "archived_as_page": "check",
    "is_other_content": "judge.other_content",
    "shows_the_same": "judge.other_content",
    "archive_length": "archive.warc",
    "as_archived": "memento.memento",
    "canonical_url": "sources.urls",
    "check_address": "check",
    "check_archive": "archive.warc_check",
    "check_objects": "archive.warc_check",
    "export_objects": "archive.wacz",
    "export_wacz": "archive.wacz",
    "failed_check": "check",
    "finished_files": "archive.warc_prune",
    "fragment_of": "sources.urls",
    "host_of": "sources.urls",
    "control_url": "judge.probe",
    "is_decision": "sources.identifiers",
    "isolated": "check",
    "judge_address": "check",
    "language_of": "text.language",
    "needs_probe": "judge.judgement",
    "not_asked": "check",
    "open_archive": "archive.open",
    "read_payload": "text.document_text",
    "reading_here": "text.document_text",
    "read_text": "check",
    "readable_text": "text.extract",
    "replace_file": "archive.warc_prune",
    "commit": "archive.warc_prune",
    "source_of_url": "sources.resolve",
    "sources_of": "sources.resolve",
    "supplied_check": "check",
    "rollback": "archive.warc_prune",
    "text_of_file": "text.extract",
    "pending": "archive.warc_prune",
    "without_body": "check",
    "young_references": "archive.warc_prune",
}

__getattr__, __dir__ = lazy_names(__name__, _MODULES)
