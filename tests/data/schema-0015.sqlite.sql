-- A store of revision 0015 as the fifteen revisions before the baseline made it (SQLite, its sqlite_master), with nothing in it.
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE run (
	id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	inputs JSON NOT NULL,
	state TEXT NOT NULL,
	started_at DATETIME NOT NULL,
	finished_at DATETIME,
	coverage JSON NOT NULL,
	CONSTRAINT pk_run PRIMARY KEY (id)
);
CREATE INDEX ix_run_state ON run (state);
CREATE TABLE document (
	id INTEGER NOT NULL,
	collection TEXT NOT NULL,
	path TEXT NOT NULL,
	"key" TEXT NOT NULL,
	pdf_sha256 TEXT,
	first_seen DATETIME NOT NULL,
	last_seen DATETIME NOT NULL,
	compared_key TEXT,
	coverage JSON, compared_basis TEXT, compared_fetch INTEGER, edition_of INTEGER, withdrawn_at DATETIME, withdrawn_by TEXT,
	CONSTRAINT pk_document PRIMARY KEY (id),
	CONSTRAINT uq_document_collection_path UNIQUE (collection, path),
	CONSTRAINT uq_document_key UNIQUE ("key")
);
CREATE INDEX ix_document_pdf_sha256 ON document (pdf_sha256);
CREATE TABLE edition (
	document_id INTEGER NOT NULL,
	pdf_sha256 TEXT NOT NULL,
	first_seen DATETIME NOT NULL,
	created DATETIME,
	CONSTRAINT pk_edition PRIMARY KEY (document_id, pdf_sha256),
	CONSTRAINT fk_edition_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);
CREATE TABLE extraction (
	id INTEGER NOT NULL,
	pdf_sha256 TEXT NOT NULL,
	parser_version TEXT NOT NULL,
	read_at DATETIME NOT NULL,
	pages INTEGER,
	title TEXT,
	created DATETIME,
	failure TEXT,
	CONSTRAINT pk_extraction PRIMARY KEY (id),
	CONSTRAINT uq_extraction_pdf_sha256_parser_version UNIQUE (pdf_sha256, parser_version)
);
CREATE TABLE citation (
	extraction_id INTEGER NOT NULL,
	footnote INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	text TEXT NOT NULL,
	signal TEXT,
	urls JSON NOT NULL,
	identifiers JSON NOT NULL,
	refers_to TEXT, title TEXT, publisher TEXT, date TEXT, pinpoint TEXT, container TEXT, authors JSON, work_kind TEXT,
	CONSTRAINT pk_citation PRIMARY KEY (extraction_id, footnote, ordinal),
	CONSTRAINT fk_citation_extraction_id_footnote FOREIGN KEY(extraction_id, footnote) REFERENCES footnote (extraction_id, ordinal)
);
CREATE TABLE extraction_warning (
	extraction_id INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	page INTEGER,
	code TEXT NOT NULL,
	message TEXT NOT NULL,
	CONSTRAINT pk_extraction_warning PRIMARY KEY (extraction_id, ordinal),
	CONSTRAINT fk_extraction_warning_extraction_id FOREIGN KEY(extraction_id) REFERENCES extraction (id)
);
CREATE TABLE address (
	id INTEGER NOT NULL,
	url TEXT NOT NULL,
	host TEXT NOT NULL,
	due_at DATETIME,
	CONSTRAINT pk_address PRIMARY KEY (id),
	CONSTRAINT uq_address_url UNIQUE (url)
);
CREATE INDEX ix_address_due_at ON address (due_at);
CREATE TABLE source (
	id INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	CONSTRAINT pk_source PRIMARY KEY (id),
	CONSTRAINT uq_source_key UNIQUE ("key")
);
CREATE TABLE source_address (
	id INTEGER NOT NULL,
	source_id INTEGER NOT NULL,
	address_id INTEGER NOT NULL,
	origin TEXT NOT NULL,
	CONSTRAINT pk_source_address PRIMARY KEY (id),
	CONSTRAINT fk_source_address_address_id FOREIGN KEY(address_id) REFERENCES address (id),
	CONSTRAINT fk_source_address_source_id FOREIGN KEY(source_id) REFERENCES source (id),
	CONSTRAINT uq_source_address_source_id_address_id_origin UNIQUE (source_id, address_id, origin)
);
CREATE INDEX ix_source_address_address_id ON source_address (address_id);
CREATE TABLE cited_source (
	extraction_id INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	footnote INTEGER,
	citation INTEGER,
	body_link INTEGER,
	source_id INTEGER NOT NULL,
	CONSTRAINT pk_cited_source PRIMARY KEY (extraction_id, ordinal),
	CONSTRAINT fk_cited_source_extraction_id_body_link FOREIGN KEY(extraction_id, body_link) REFERENCES body_link (extraction_id, ordinal),
	CONSTRAINT fk_cited_source_extraction_id_footnote_citation FOREIGN KEY(extraction_id, footnote, citation) REFERENCES citation (extraction_id, footnote, ordinal),
	CONSTRAINT fk_cited_source_extraction_id_footnote FOREIGN KEY(extraction_id, footnote) REFERENCES footnote (extraction_id, ordinal),
	CONSTRAINT fk_cited_source_extraction_id FOREIGN KEY(extraction_id) REFERENCES extraction (id),
	CONSTRAINT fk_cited_source_source_id FOREIGN KEY(source_id) REFERENCES source (id)
);
CREATE INDEX ix_cited_source_source_id ON cited_source (source_id);
CREATE TABLE cited_address (
	extraction_id INTEGER NOT NULL,
	cited INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	source_address_id INTEGER NOT NULL, fragments JSON,
	CONSTRAINT pk_cited_address PRIMARY KEY (extraction_id, cited, ordinal),
	CONSTRAINT fk_cited_address_extraction_id_cited FOREIGN KEY(extraction_id, cited) REFERENCES cited_source (extraction_id, ordinal),
	CONSTRAINT fk_cited_address_source_address_id FOREIGN KEY(source_address_id) REFERENCES source_address (id)
);
CREATE INDEX ix_cited_address_source_address_id ON cited_address (source_address_id);
CREATE TABLE text (
	id INTEGER NOT NULL,
	payload_sha256 TEXT NOT NULL,
	media_type TEXT NOT NULL,
	extractor_version TEXT NOT NULL,
	text TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	length INTEGER NOT NULL,
	title TEXT,
	language TEXT,
	dated DATE,
	CONSTRAINT pk_text PRIMARY KEY (id),
	CONSTRAINT uq_text_payload_sha256_media_type_extractor_version UNIQUE (payload_sha256, media_type, extractor_version)
);
CREATE TABLE fetch (
	id INTEGER NOT NULL,
	address_id INTEGER NOT NULL,
	run_id INTEGER NOT NULL,
	attempt INTEGER NOT NULL,
	outcome TEXT NOT NULL,
	status TEXT NOT NULL,
	reason TEXT NOT NULL,
	http_status INTEGER,
	final_url TEXT,
	fetched_at DATETIME NOT NULL,
	media_type TEXT NOT NULL,
	truncated BOOLEAN NOT NULL,
	detail TEXT NOT NULL,
	hops JSON NOT NULL,
	text_id INTEGER, missing_fragments JSON, witness TEXT,
	CONSTRAINT pk_fetch PRIMARY KEY (id),
	CONSTRAINT fk_fetch_address_id FOREIGN KEY(address_id) REFERENCES address (id),
	CONSTRAINT fk_fetch_run_id FOREIGN KEY(run_id) REFERENCES run (id),
	CONSTRAINT fk_fetch_text_id FOREIGN KEY(text_id) REFERENCES text (id),
	CONSTRAINT uq_fetch_address_id_run_id_attempt UNIQUE (address_id, run_id, attempt)
);
CREATE INDEX ix_fetch_address_id_id ON fetch (address_id, id);
CREATE INDEX ix_fetch_run_id ON fetch (run_id);
CREATE INDEX ix_fetch_with_text ON fetch (address_id, id) WHERE text_id IS NOT NULL;
CREATE TABLE snapshot (
	fetch_id INTEGER NOT NULL,
	hop INTEGER NOT NULL,
	url TEXT NOT NULL,
	warc_file TEXT NOT NULL,
	"offset" INTEGER NOT NULL,
	payload_sha256 TEXT NOT NULL,
	CONSTRAINT pk_snapshot PRIMARY KEY (fetch_id, hop),
	CONSTRAINT fk_snapshot_fetch_id FOREIGN KEY(fetch_id) REFERENCES fetch (id)
);
CREATE INDEX ix_snapshot_payload_sha256 ON snapshot (payload_sha256);
CREATE TABLE comparison (
	id INTEGER NOT NULL,
	extraction_id INTEGER NOT NULL,
	footnote INTEGER NOT NULL,
	anchor INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	text_id INTEGER NOT NULL,
	checker_version TEXT NOT NULL,
	figure_text TEXT NOT NULL,
	figure_start INTEGER NOT NULL,
	figure_end INTEGER NOT NULL,
	value TEXT NOT NULL,
	low TEXT NOT NULL,
	high TEXT NOT NULL,
	unit TEXT NOT NULL,
	dimension TEXT NOT NULL,
	qualifier TEXT NOT NULL,
	verdict TEXT NOT NULL,
	confidence DOUBLE NOT NULL,
	reason TEXT NOT NULL,
	source_text TEXT,
	source_quote TEXT,
	source_start INTEGER,
	CONSTRAINT pk_comparison PRIMARY KEY (id),
	CONSTRAINT fk_comparison_extraction_id FOREIGN KEY(extraction_id) REFERENCES extraction (id),
	CONSTRAINT fk_comparison_text_id FOREIGN KEY(text_id) REFERENCES text (id),
	CONSTRAINT uq_comparison_key UNIQUE (extraction_id, footnote, anchor, ordinal, text_id, checker_version)
);
CREATE TABLE finding (
	id INTEGER NOT NULL,
	fingerprint TEXT NOT NULL,
	document_id INTEGER,
	code TEXT NOT NULL,
	kind TEXT NOT NULL,
	severity TEXT NOT NULL,
	message TEXT NOT NULL,
	url TEXT,
	footnote_id TEXT,
	footnote_label TEXT,
	page INTEGER,
	sentence TEXT,
	source_quote TEXT,
	source_text TEXT,
	snapshot TEXT,
	fetched_at DATETIME,
	confidence DOUBLE,
	state TEXT NOT NULL,
	first_seen_run INTEGER NOT NULL,
	first_seen_at DATETIME NOT NULL,
	last_seen_run INTEGER NOT NULL,
	last_seen_at DATETIME NOT NULL,
	opened_run INTEGER NOT NULL,
	closed_at DATETIME,
	CONSTRAINT pk_finding PRIMARY KEY (id),
	CONSTRAINT fk_finding_document_id FOREIGN KEY(document_id) REFERENCES document (id),
	CONSTRAINT fk_finding_first_seen_run FOREIGN KEY(first_seen_run) REFERENCES run (id),
	CONSTRAINT fk_finding_last_seen_run FOREIGN KEY(last_seen_run) REFERENCES run (id),
	CONSTRAINT fk_finding_opened_run FOREIGN KEY(opened_run) REFERENCES run (id),
	CONSTRAINT uq_finding_fingerprint UNIQUE (fingerprint)
);
CREATE INDEX ix_finding_document_id_state ON finding (document_id, state);
CREATE INDEX ix_finding_url_state ON finding (url, state);
CREATE TABLE sighting (
	finding_id INTEGER NOT NULL,
	run_id INTEGER NOT NULL,
	code TEXT NOT NULL,
	kind TEXT NOT NULL,
	CONSTRAINT pk_sighting PRIMARY KEY (finding_id, run_id),
	CONSTRAINT fk_sighting_finding_id FOREIGN KEY(finding_id) REFERENCES finding (id),
	CONSTRAINT fk_sighting_run_id FOREIGN KEY(run_id) REFERENCES run (id)
);
CREATE INDEX ix_sighting_run_id_kind ON sighting (run_id, kind);
CREATE TABLE review (
	id TEXT NOT NULL,
	finding_id INTEGER NOT NULL,
	decision TEXT NOT NULL,
	reviewer TEXT NOT NULL,
	note TEXT NOT NULL,
	request_token TEXT NOT NULL,
	decided_at DATETIME NOT NULL, expires_at DATETIME, undoes TEXT,
	CONSTRAINT pk_review PRIMARY KEY (id),
	CONSTRAINT fk_review_finding_id FOREIGN KEY(finding_id) REFERENCES finding (id),
	CONSTRAINT uq_review_request_token UNIQUE (request_token)
);
CREATE INDEX ix_review_finding_id_id ON review (finding_id, id);
CREATE TABLE archived_copy (
	address_id INTEGER NOT NULL,
	"before" DATE NOT NULL,
	url TEXT,
	captured_at DATETIME,
	looked_up_at DATETIME NOT NULL,
	CONSTRAINT pk_archived_copy PRIMARY KEY (address_id, "before"),
	CONSTRAINT fk_archived_copy_address_id FOREIGN KEY(address_id) REFERENCES address (id)
);
CREATE INDEX ix_fetch_text_id ON fetch (text_id) WHERE text_id IS NOT NULL;
CREATE INDEX ix_comparison_text_id ON comparison (text_id);
CREATE TABLE queue (
	finding_id INTEGER NOT NULL,
	standing TEXT NOT NULL,
	standing_until DATETIME,
	rank INTEGER NOT NULL,
	home_id INTEGER NOT NULL,
	page INTEGER NOT NULL,
	code TEXT NOT NULL,
	host TEXT NOT NULL,
	opened_run INTEGER NOT NULL,
	words TEXT NOT NULL,
	CONSTRAINT pk_queue PRIMARY KEY (finding_id),
	CONSTRAINT fk_queue_finding_id FOREIGN KEY(finding_id) REFERENCES finding (id)
);
CREATE INDEX ix_queue_order ON queue (standing, rank, home_id, page, finding_id);
CREATE INDEX ix_queue_code ON queue (standing, code, opened_run);
CREATE INDEX ix_queue_host ON queue (standing, host);
CREATE INDEX ix_queue_home ON queue (home_id, standing);
CREATE INDEX ix_queue_new ON queue (standing, opened_run);
CREATE INDEX ix_queue_until ON queue (standing_until);
CREATE TABLE presence (
	finding_id INTEGER NOT NULL,
	reviewer TEXT NOT NULL,
	seen_at DATETIME NOT NULL,
	CONSTRAINT pk_presence PRIMARY KEY (finding_id, reviewer),
	CONSTRAINT fk_presence_finding_id FOREIGN KEY(finding_id) REFERENCES finding (id)
);
CREATE INDEX ix_presence_seen_at ON presence (seen_at);
CREATE TABLE document_place (
	collection TEXT NOT NULL,
	path TEXT NOT NULL,
	document_id INTEGER NOT NULL,
	first_seen DATETIME NOT NULL,
	CONSTRAINT pk_document_place PRIMARY KEY (collection, path),
	CONSTRAINT fk_document_place_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);
CREATE INDEX ix_document_place_document_id ON document_place (document_id);
CREATE TABLE sentence_sketch (
	extraction_id INTEGER NOT NULL,
	hash BIGINT NOT NULL,
	CONSTRAINT pk_sentence_sketch PRIMARY KEY (extraction_id, hash),
	CONSTRAINT fk_sentence_sketch_extraction_id FOREIGN KEY(extraction_id) REFERENCES extraction (id)
);
CREATE INDEX ix_sentence_sketch_hash ON sentence_sketch (hash);
CREATE TABLE "footnote" (
	extraction_id INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	note_id TEXT NOT NULL,
	label TEXT NOT NULL,
	kind TEXT NOT NULL,
	page INTEGER,
	text TEXT NOT NULL,
	urls JSON NOT NULL,
	boxes JSON NOT NULL,
	CONSTRAINT pk_footnote PRIMARY KEY (extraction_id, ordinal),
	CONSTRAINT fk_footnote_extraction_id FOREIGN KEY(extraction_id) REFERENCES extraction (id)
);
CREATE TABLE "anchor" (
	extraction_id INTEGER NOT NULL,
	footnote INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	page INTEGER,
	sentence TEXT NOT NULL,
	marker_offset INTEGER NOT NULL,
	clause_start INTEGER NOT NULL,
	boxes JSON NOT NULL,
	sentence_boxes JSON,
	block_quotation TEXT, paragraph INTEGER, paragraph_text TEXT,
	CONSTRAINT pk_anchor PRIMARY KEY (extraction_id, footnote, ordinal),
	CONSTRAINT fk_anchor_extraction_id_footnote FOREIGN KEY(extraction_id, footnote) REFERENCES footnote (extraction_id, ordinal)
);
CREATE TABLE "body_link" (
	extraction_id INTEGER NOT NULL,
	ordinal INTEGER NOT NULL,
	page INTEGER,
	url TEXT NOT NULL,
	text TEXT NOT NULL,
	sentence TEXT NOT NULL,
	CONSTRAINT pk_body_link PRIMARY KEY (extraction_id, ordinal),
	CONSTRAINT fk_body_link_extraction_id FOREIGN KEY(extraction_id) REFERENCES extraction (id)
);
INSERT INTO alembic_version VALUES ('0015');
