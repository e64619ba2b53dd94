"""One run from end to end: read documents, check what is due, compare, conclude.

Every step is idempotent and commits as it goes, so a run that was killed is taken up by the next with the same inputs.
"""

import hashlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from db.records import CapturedText, Run, StoredDocument
from db.store import Store
from verifier.checker import CHECKER_VERSION, Check, FigureCheck, link_finding
from verifier.engines import BatchWork, Emit, Engine, LocalEngine, ReadDocument
from verifier.exits import ExitCode
from verifier.model import Extraction, HostBatch, LinkCheck, LinkStatus, RunState
from verifier.nightly.health import NetworkHealth
from verifier.nightly.opening import only_run
from verifier.nightly.watched import WatchedFile, keep_copy, watched_files
from verifier.parser import PARSER_VERSION
from verifier.pipeline import (
    SourceReader,
    WatchedEdition,
    check_host_batch,
    cite_sources,
    compare_document,
    host_batches,
)
from verifier.reports.contents import FailedDocument, RunReport
from verifier.reports.gather import gather
from verifier.resolver import AddressGuard, Fetcher, HostTurns, TemplateResolver, WarcArchive
from verifier.settings import Settings, load_settings

NETWORK_DOWN = (
    "Our own network seems to be down: hardly any host could be resolved or reached. Nothing was concluded from it; "
    "run again when the network is back."
)


class Observer(Protocol):
    """Someone who watches a run's progress."""

    def stage(self, name: str, total: int) -> None:
        """A stage begins, with so many things to do."""
        ...

    def step(self, name: str, note: str = "") -> None:
        """One thing of a stage is done."""
        ...


class _Nobody:
    def stage(self, name: str, total: int) -> None: ...

    def step(self, name: str, note: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a run came to."""

    report: RunReport
    exit_code: ExitCode


def _utc_now() -> datetime:
    return datetime.now(UTC)


def run(
    paths: Sequence[Path],
    settings: Settings,
    *,
    observer: Observer | None = None,
    engine: Engine | None = None,
) -> RunOutcome:
    """Check documents: all that `verifier run` does but printing.

    Raises SettingsError (no such path, folder not writable), StoreBusyError (another run), StoreError, ArchiveError.
    """
    watched = watched_files(paths, leave_out=settings.data)
    engine = engine or LocalEngine(workers=settings.fetch.workers)
    with only_run(settings), Store.open(settings.store_url) as store:
        inputs = [str(file.file) for file in watched]
        work = _Run(settings, store, engine, observer or _Nobody(), store.runs.begin("run", inputs, _utc_now()))
        return work.complete(watched)


def verify(paths: Sequence[Path | str], settings: Settings | None = None) -> RunOutcome:
    """Check documents (PDFs, or folders of PDFs): findings out, everything stored.

    `settings` default to those of `verifier.toml` and the environment. Raises as `run` does.
    """
    return run([Path(path) for path in paths], settings or load_settings())


@dataclass
class _Run:
    settings: Settings
    store: Store
    engine: Engine
    observer: Observer
    run: Run
    failed: list[FailedDocument] = field(default_factory=list)

    def complete(self, watched: Sequence[WatchedFile]) -> RunOutcome:
        documents = self._read(watched)
        down = self._check(documents)
        if not down:
            self._compare(documents)
            self._conclude_links()
        state = RunState.NETWORK_DOWN if down else RunState.INCOMPLETE if self.failed else RunState.FINISHED
        messages = (NETWORK_DOWN,) if down else ()
        return self._finish(documents, state, messages)

    def _read(self, watched: Sequence[WatchedFile]) -> list[StoredDocument]:
        """Record each file's edition; read the editions that this parser has not read yet."""
        stage = "documents"
        self.observer.stage(stage, len(watched))
        documents: list[StoredDocument] = []
        unread: dict[Path, list[StoredDocument]] = {}
        for file in watched:
            try:
                digest = keep_copy(file.file, self.settings.documents_folder)
            except OSError as error:
                self.failed.append(FailedDocument(file.path, f"cannot be read: {error.strerror or error}"))
                self.observer.step(stage, file.path)
                continue
            document = self.store.documents.record_edition(str(file.collection), file.path, digest, _utc_now())
            documents.append(document)
            known = self.store.documents.extraction(digest, PARSER_VERSION)
            if known is None:
                unread.setdefault(self.settings.documents_folder / f"{digest}.pdf", []).append(document)
                continue
            if isinstance(known, str):
                self.failed.append(FailedDocument(file.path, known))
            self.observer.step(stage, file.path)
        for read in self.engine.read_documents(unread):
            reason = self._save(read)
            for document in unread[read.path]:
                if reason is not None:
                    self.failed.append(FailedDocument(document.path, reason))
                self.observer.step(stage, document.path)
        return documents

    def _save(self, read: ReadDocument) -> str | None:
        """Store a reading; returns why there is none."""
        if read.extraction is None:
            reason = read.failure or "no reason was given"
            self.store.documents.save_failure(read.path.stem, PARSER_VERSION, reason, _utc_now())
            return reason
        cited = cite_sources(read.extraction, TemplateResolver())
        self.store.documents.save_extraction(read.extraction, cited, _utc_now())
        return None

    def _check(self, documents: Sequence[StoredDocument]) -> bool:
        """Check the addresses that are due; returns whether our own network seems to be down."""
        due = self.store.links.due(self.run.id, _utc_now(), [document.id for document in documents])
        stage = "sources"
        self.observer.stage(stage, len(due))
        health = NetworkHealth(len({address.host for address in due}))
        settings = self.settings
        guard = AddressGuard(settings.allow_private, settings.hosts)
        with (
            WarcArchive(settings.archive_folder) as archive,
            Fetcher(settings.fetch, guard, HostTurns(settings.fetch.pause)) as fetcher,
        ):
            batches = list(host_batches([(address.host, address.url) for address in due]))
            with closing(self.engine.check(batches, _batch_work(fetcher, archive, self.store))) as checks:
                for check in checks:
                    self.store.links.record_check(self.run.id, check, self._due_at(check))
                    health.see(check)
                    self.observer.step(stage, check.host)
                    if health.plainly_down:
                        break
        if health.is_down():
            self.store.links.cancel_run_due(self.run.id)
            return True
        return False

    def _due_at(self, check: LinkCheck) -> datetime:
        live = check.judgement.status in (LinkStatus.OK, LinkStatus.MOVED)
        schedule = self.settings.schedule
        return _utc_now() + timedelta(days=schedule.live_days if live else schedule.suspicious_days)

    def _compare(self, documents: Sequence[StoredDocument]) -> None:
        """Hold each document's figures against its sources, unless nothing has changed since they last were."""
        stage = "figures"
        self.observer.stage(stage, len(documents))
        checks: tuple[Check, ...] = (FigureCheck(near_days=self.settings.check.near_days),)
        reader = SourceReader()
        for document in documents:
            found = self._compare_one(document, checks, reader)
            self.observer.step(stage, document.path if found is None else f"{found} to look at")

    def _compare_one(self, document: StoredDocument, checks: Sequence[Check], reader: SourceReader) -> int | None:
        extraction = self.store.documents.extraction(document.pdf_sha256, PARSER_VERSION)
        if not isinstance(extraction, Extraction):
            return None
        cited = self.store.links.sources_of(document.pdf_sha256, PARSER_VERSION)
        urls = sorted({address.url for entry in cited for address in entry.source.addresses})
        texts = self.store.links.texts(urls)
        key = _compared_key(document.pdf_sha256, self.settings.check.near_days, texts)
        if self.store.findings.compared_key(document.id) == key:
            return None
        made = extraction.document.created or document.first_seen
        edition = WatchedEdition(f"{document.collection}\n{document.path}", made.date(), extraction)
        result = compare_document(edition, cited, texts, checks, reader)
        self.store.findings.save_document_result(
            document.id, self.run.id, key, result.comparisons, result.findings, result.coverage, _utc_now()
        )
        return len(result.findings)

    def _conclude_links(self) -> None:
        """Say of every address that this run checked what all its checks amount to."""
        checked = [entry.url for entry in self.store.links.checked_in(self.run.id)]
        history = self.store.links.past_checks(checked)
        latest = self.store.links.statuses(checked)
        findings, healed = [], []
        for url in checked:
            status = latest[url]
            finding = link_finding(url, history[url], status.judgement, snapshot=status.snapshot)
            if finding is None:
                healed.append(url)
            else:
                findings.append(finding)
        self.store.findings.save_link_findings(self.run.id, findings, healed, _utc_now())
        self.store.findings.close_uncited(_utc_now())

    def _finish(self, documents: Sequence[StoredDocument], state: RunState, messages: tuple[str, ...]) -> RunOutcome:
        documents = self.store.documents.current([document.id for document in documents])
        draft = gather(self.store, self.run, documents=documents, failed=self.failed, messages=messages)
        finished = self.store.runs.finish(self.run.id, state, draft.coverage, _utc_now())
        report = gather(self.store, finished, documents=documents, failed=self.failed, messages=messages)
        if state is not RunState.FINISHED:
            return RunOutcome(report, ExitCode.INCOMPLETE)
        accused = self.store.findings.new_accusations(self.run.id)
        return RunOutcome(report, ExitCode.NEW_ACCUSATIONS if accused else ExitCode.CLEAN)


def _batch_work(fetcher: Fetcher, archive: WarcArchive, store: Store) -> BatchWork:
    def work(batch: HostBatch, emit: Emit) -> None:
        check_host_batch(batch, emit, fetcher, archive, store.links.earlier)

    return work


def _compared_key(pdf_sha256: str, near_days: int, texts: dict[str, CapturedText]) -> str:
    """Everything that a document's comparisons rest on; while it is the same, they need not be made again."""
    parts = [PARSER_VERSION, CHECKER_VERSION, pdf_sha256, str(near_days)]
    parts += [f"{url} {text.text_id}" for url, text in sorted(texts.items())]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
