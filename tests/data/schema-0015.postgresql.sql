-- A store of revision 0015 as the fifteen revisions before the baseline made it (PostgreSQL, pg_dump --schema-only), with nothing in it.
CREATE TABLE address (
    id bigint NOT NULL,
    url text NOT NULL COLLATE pg_catalog."C",
    host text NOT NULL COLLATE pg_catalog."C",
    due_at timestamp with time zone
);
CREATE SEQUENCE address_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE address_id_seq OWNED BY address.id;
CREATE TABLE alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE anchor (
    extraction_id bigint NOT NULL,
    footnote integer NOT NULL,
    ordinal integer NOT NULL,
    page integer,
    sentence text NOT NULL COLLATE pg_catalog."C",
    marker_offset integer NOT NULL,
    clause_start integer NOT NULL,
    boxes json NOT NULL,
    sentence_boxes json,
    block_quotation text COLLATE pg_catalog."C",
    paragraph integer,
    paragraph_text text COLLATE pg_catalog."C"
);
CREATE TABLE archived_copy (
    address_id bigint NOT NULL,
    before date NOT NULL,
    url text COLLATE pg_catalog."C",
    captured_at timestamp with time zone,
    looked_up_at timestamp with time zone NOT NULL
);
CREATE TABLE body_link (
    extraction_id bigint NOT NULL,
    ordinal integer NOT NULL,
    page integer,
    url text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    sentence text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE citation (
    extraction_id bigint NOT NULL,
    footnote integer NOT NULL,
    ordinal integer NOT NULL,
    text text NOT NULL COLLATE pg_catalog."C",
    signal text,
    urls json NOT NULL,
    identifiers json NOT NULL,
    refers_to text COLLATE pg_catalog."C",
    title text COLLATE pg_catalog."C",
    publisher text COLLATE pg_catalog."C",
    date text COLLATE pg_catalog."C",
    pinpoint text COLLATE pg_catalog."C",
    container text COLLATE pg_catalog."C",
    authors json,
    work_kind text COLLATE pg_catalog."C"
);
CREATE TABLE cited_address (
    extraction_id bigint NOT NULL,
    cited integer NOT NULL,
    ordinal integer NOT NULL,
    source_address_id bigint NOT NULL,
    fragments json
);
CREATE TABLE cited_source (
    extraction_id bigint NOT NULL,
    ordinal integer NOT NULL,
    footnote integer,
    citation integer,
    body_link integer,
    source_id bigint NOT NULL
);
CREATE TABLE comparison (
    id bigint NOT NULL,
    extraction_id bigint NOT NULL,
    footnote integer NOT NULL,
    anchor integer NOT NULL,
    ordinal integer NOT NULL,
    text_id bigint NOT NULL,
    checker_version text NOT NULL COLLATE pg_catalog."C",
    figure_text text NOT NULL COLLATE pg_catalog."C",
    figure_start integer NOT NULL,
    figure_end integer NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C",
    low text NOT NULL COLLATE pg_catalog."C",
    high text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    dimension text NOT NULL COLLATE pg_catalog."C",
    qualifier text NOT NULL,
    verdict text NOT NULL,
    confidence double precision NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    source_text text COLLATE pg_catalog."C",
    source_quote text COLLATE pg_catalog."C",
    source_start integer
);
CREATE SEQUENCE comparison_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE comparison_id_seq OWNED BY comparison.id;
CREATE TABLE document (
    id bigint NOT NULL,
    collection text NOT NULL COLLATE pg_catalog."C",
    path text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    pdf_sha256 text COLLATE pg_catalog."C",
    first_seen timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL,
    compared_key text COLLATE pg_catalog."C",
    coverage json,
    compared_basis text COLLATE pg_catalog."C",
    compared_fetch bigint,
    edition_of bigint,
    withdrawn_at timestamp with time zone,
    withdrawn_by text COLLATE pg_catalog."C"
);
CREATE SEQUENCE document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE document_id_seq OWNED BY document.id;
CREATE TABLE document_place (
    collection text NOT NULL COLLATE pg_catalog."C",
    path text NOT NULL COLLATE pg_catalog."C",
    document_id bigint NOT NULL,
    first_seen timestamp with time zone NOT NULL
);
CREATE TABLE edition (
    document_id bigint NOT NULL,
    pdf_sha256 text NOT NULL COLLATE pg_catalog."C",
    first_seen timestamp with time zone NOT NULL,
    created timestamp with time zone
);
CREATE TABLE extraction (
    id bigint NOT NULL,
    pdf_sha256 text NOT NULL COLLATE pg_catalog."C",
    parser_version text NOT NULL COLLATE pg_catalog."C",
    read_at timestamp with time zone NOT NULL,
    pages integer,
    title text COLLATE pg_catalog."C",
    created timestamp with time zone,
    failure text COLLATE pg_catalog."C"
);
CREATE SEQUENCE extraction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE extraction_id_seq OWNED BY extraction.id;
CREATE TABLE extraction_warning (
    extraction_id bigint NOT NULL,
    ordinal integer NOT NULL,
    page integer,
    code text NOT NULL,
    message text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE "fetch" (
    id bigint NOT NULL,
    address_id bigint NOT NULL,
    run_id bigint NOT NULL,
    attempt integer NOT NULL,
    outcome text NOT NULL,
    status text NOT NULL,
    reason text NOT NULL,
    http_status integer,
    final_url text COLLATE pg_catalog."C",
    fetched_at timestamp with time zone NOT NULL,
    media_type text NOT NULL COLLATE pg_catalog."C",
    truncated boolean NOT NULL,
    detail text NOT NULL COLLATE pg_catalog."C",
    hops json NOT NULL,
    text_id bigint,
    missing_fragments json,
    witness text COLLATE pg_catalog."C"
);
CREATE SEQUENCE fetch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE fetch_id_seq OWNED BY "fetch".id;
CREATE TABLE finding (
    id bigint NOT NULL,
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    document_id bigint,
    code text NOT NULL,
    kind text NOT NULL,
    severity text NOT NULL,
    message text NOT NULL COLLATE pg_catalog."C",
    url text COLLATE pg_catalog."C",
    footnote_id text COLLATE pg_catalog."C",
    footnote_label text COLLATE pg_catalog."C",
    page integer,
    sentence text COLLATE pg_catalog."C",
    source_quote text COLLATE pg_catalog."C",
    source_text text COLLATE pg_catalog."C",
    snapshot text COLLATE pg_catalog."C",
    fetched_at timestamp with time zone,
    confidence double precision,
    state text NOT NULL,
    first_seen_run bigint NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    last_seen_run bigint NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    opened_run bigint NOT NULL,
    closed_at timestamp with time zone
);
CREATE SEQUENCE finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE finding_id_seq OWNED BY finding.id;
CREATE TABLE footnote (
    extraction_id bigint NOT NULL,
    ordinal integer NOT NULL,
    note_id text NOT NULL COLLATE pg_catalog."C",
    label text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    page integer,
    text text NOT NULL COLLATE pg_catalog."C",
    urls json NOT NULL,
    boxes json NOT NULL
);
CREATE TABLE presence (
    finding_id bigint NOT NULL,
    reviewer text NOT NULL COLLATE pg_catalog."C",
    seen_at timestamp with time zone NOT NULL
);
CREATE TABLE queue (
    finding_id bigint NOT NULL,
    standing text NOT NULL,
    standing_until timestamp with time zone,
    rank integer NOT NULL,
    home_id bigint NOT NULL,
    page integer NOT NULL,
    code text NOT NULL,
    host text NOT NULL COLLATE pg_catalog."C",
    opened_run bigint NOT NULL,
    words text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE review (
    id text NOT NULL COLLATE pg_catalog."C",
    finding_id bigint NOT NULL,
    decision text NOT NULL,
    reviewer text NOT NULL COLLATE pg_catalog."C",
    note text NOT NULL COLLATE pg_catalog."C",
    request_token text NOT NULL COLLATE pg_catalog."C",
    decided_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    undoes text COLLATE pg_catalog."C"
);
CREATE TABLE run (
    id bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    inputs json NOT NULL,
    state text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    coverage json NOT NULL
);
CREATE SEQUENCE run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE run_id_seq OWNED BY run.id;
CREATE TABLE sentence_sketch (
    extraction_id bigint NOT NULL,
    hash bigint NOT NULL
);
CREATE TABLE sighting (
    finding_id bigint NOT NULL,
    run_id bigint NOT NULL,
    code text NOT NULL,
    kind text NOT NULL
);
CREATE TABLE snapshot (
    fetch_id bigint NOT NULL,
    hop integer NOT NULL,
    url text NOT NULL COLLATE pg_catalog."C",
    warc_file text NOT NULL COLLATE pg_catalog."C",
    "offset" bigint NOT NULL,
    payload_sha256 text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE source (
    id bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE source_address (
    id bigint NOT NULL,
    source_id bigint NOT NULL,
    address_id bigint NOT NULL,
    origin text NOT NULL
);
CREATE SEQUENCE source_address_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE source_address_id_seq OWNED BY source_address.id;
CREATE SEQUENCE source_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE source_id_seq OWNED BY source.id;
CREATE TABLE text (
    id bigint NOT NULL,
    payload_sha256 text NOT NULL COLLATE pg_catalog."C",
    media_type text NOT NULL COLLATE pg_catalog."C",
    extractor_version text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    sha256 text NOT NULL COLLATE pg_catalog."C",
    length integer NOT NULL,
    title text COLLATE pg_catalog."C",
    language text COLLATE pg_catalog."C",
    dated date
);
CREATE SEQUENCE text_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE text_id_seq OWNED BY text.id;
ALTER TABLE ONLY address ALTER COLUMN id SET DEFAULT nextval('address_id_seq'::regclass);
ALTER TABLE ONLY comparison ALTER COLUMN id SET DEFAULT nextval('comparison_id_seq'::regclass);
ALTER TABLE ONLY document ALTER COLUMN id SET DEFAULT nextval('document_id_seq'::regclass);
ALTER TABLE ONLY extraction ALTER COLUMN id SET DEFAULT nextval('extraction_id_seq'::regclass);
ALTER TABLE ONLY "fetch" ALTER COLUMN id SET DEFAULT nextval('fetch_id_seq'::regclass);
ALTER TABLE ONLY finding ALTER COLUMN id SET DEFAULT nextval('finding_id_seq'::regclass);
ALTER TABLE ONLY run ALTER COLUMN id SET DEFAULT nextval('run_id_seq'::regclass);
ALTER TABLE ONLY source ALTER COLUMN id SET DEFAULT nextval('source_id_seq'::regclass);
ALTER TABLE ONLY source_address ALTER COLUMN id SET DEFAULT nextval('source_address_id_seq'::regclass);
ALTER TABLE ONLY text ALTER COLUMN id SET DEFAULT nextval('text_id_seq'::regclass);
ALTER TABLE ONLY alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY address
    ADD CONSTRAINT pk_address PRIMARY KEY (id);
ALTER TABLE ONLY anchor
    ADD CONSTRAINT pk_anchor PRIMARY KEY (extraction_id, footnote, ordinal);
ALTER TABLE ONLY archived_copy
    ADD CONSTRAINT pk_archived_copy PRIMARY KEY (address_id, before);
ALTER TABLE ONLY body_link
    ADD CONSTRAINT pk_body_link PRIMARY KEY (extraction_id, ordinal);
ALTER TABLE ONLY citation
    ADD CONSTRAINT pk_citation PRIMARY KEY (extraction_id, footnote, ordinal);
ALTER TABLE ONLY cited_address
    ADD CONSTRAINT pk_cited_address PRIMARY KEY (extraction_id, cited, ordinal);
ALTER TABLE ONLY cited_source
    ADD CONSTRAINT pk_cited_source PRIMARY KEY (extraction_id, ordinal);
ALTER TABLE ONLY comparison
    ADD CONSTRAINT pk_comparison PRIMARY KEY (id);
ALTER TABLE ONLY document
    ADD CONSTRAINT pk_document PRIMARY KEY (id);
ALTER TABLE ONLY document_place
    ADD CONSTRAINT pk_document_place PRIMARY KEY (collection, path);
ALTER TABLE ONLY edition
    ADD CONSTRAINT pk_edition PRIMARY KEY (document_id, pdf_sha256);
ALTER TABLE ONLY extraction
    ADD CONSTRAINT pk_extraction PRIMARY KEY (id);
ALTER TABLE ONLY extraction_warning
    ADD CONSTRAINT pk_extraction_warning PRIMARY KEY (extraction_id, ordinal);
ALTER TABLE ONLY "fetch"
    ADD CONSTRAINT pk_fetch PRIMARY KEY (id);
ALTER TABLE ONLY finding
    ADD CONSTRAINT pk_finding PRIMARY KEY (id);
ALTER TABLE ONLY footnote
    ADD CONSTRAINT pk_footnote PRIMARY KEY (extraction_id, ordinal);
ALTER TABLE ONLY presence
    ADD CONSTRAINT pk_presence PRIMARY KEY (finding_id, reviewer);
ALTER TABLE ONLY queue
    ADD CONSTRAINT pk_queue PRIMARY KEY (finding_id);
ALTER TABLE ONLY review
    ADD CONSTRAINT pk_review PRIMARY KEY (id);
ALTER TABLE ONLY run
    ADD CONSTRAINT pk_run PRIMARY KEY (id);
ALTER TABLE ONLY sentence_sketch
    ADD CONSTRAINT pk_sentence_sketch PRIMARY KEY (extraction_id, hash);
ALTER TABLE ONLY sighting
    ADD CONSTRAINT pk_sighting PRIMARY KEY (finding_id, run_id);
ALTER TABLE ONLY snapshot
    ADD CONSTRAINT pk_snapshot PRIMARY KEY (fetch_id, hop);
ALTER TABLE ONLY source
    ADD CONSTRAINT pk_source PRIMARY KEY (id);
ALTER TABLE ONLY source_address
    ADD CONSTRAINT pk_source_address PRIMARY KEY (id);
ALTER TABLE ONLY text
    ADD CONSTRAINT pk_text PRIMARY KEY (id);
ALTER TABLE ONLY address
    ADD CONSTRAINT uq_address_url UNIQUE (url);
ALTER TABLE ONLY comparison
    ADD CONSTRAINT uq_comparison_key UNIQUE (extraction_id, footnote, anchor, ordinal, text_id, checker_version);
ALTER TABLE ONLY document
    ADD CONSTRAINT uq_document_collection_path UNIQUE (collection, path);
ALTER TABLE ONLY document
    ADD CONSTRAINT uq_document_key UNIQUE (key);
ALTER TABLE ONLY extraction
    ADD CONSTRAINT uq_extraction_pdf_sha256_parser_version UNIQUE (pdf_sha256, parser_version);
ALTER TABLE ONLY "fetch"
    ADD CONSTRAINT uq_fetch_address_id_run_id_attempt UNIQUE (address_id, run_id, attempt);
ALTER TABLE ONLY finding
    ADD CONSTRAINT uq_finding_fingerprint UNIQUE (fingerprint);
ALTER TABLE ONLY review
    ADD CONSTRAINT uq_review_request_token UNIQUE (request_token);
ALTER TABLE ONLY source_address
    ADD CONSTRAINT uq_source_address_source_id_address_id_origin UNIQUE (source_id, address_id, origin);
ALTER TABLE ONLY source
    ADD CONSTRAINT uq_source_key UNIQUE (key);
ALTER TABLE ONLY text
    ADD CONSTRAINT uq_text_payload_sha256_media_type_extractor_version UNIQUE (payload_sha256, media_type, extractor_version);
CREATE INDEX ix_address_due_at ON address USING btree (due_at);
CREATE INDEX ix_cited_address_source_address_id ON cited_address USING btree (source_address_id);
CREATE INDEX ix_cited_source_source_id ON cited_source USING btree (source_id);
CREATE INDEX ix_comparison_text_id ON comparison USING btree (text_id);
CREATE INDEX ix_document_pdf_sha256 ON document USING btree (pdf_sha256);
CREATE INDEX ix_document_place_document_id ON document_place USING btree (document_id);
CREATE INDEX ix_fetch_address_id_id ON "fetch" USING btree (address_id, id);
CREATE INDEX ix_fetch_run_id ON "fetch" USING btree (run_id);
CREATE INDEX ix_fetch_text_id ON "fetch" USING btree (text_id) WHERE (text_id IS NOT NULL);
CREATE INDEX ix_fetch_with_text ON "fetch" USING btree (address_id, id) WHERE (text_id IS NOT NULL);
CREATE INDEX ix_finding_document_id_state ON finding USING btree (document_id, state);
CREATE INDEX ix_finding_url_state ON finding USING btree (url, state);
CREATE INDEX ix_presence_seen_at ON presence USING btree (seen_at);
CREATE INDEX ix_queue_code ON queue USING btree (standing, code, opened_run);
CREATE INDEX ix_queue_home ON queue USING btree (home_id, standing);
CREATE INDEX ix_queue_host ON queue USING btree (standing, host);
CREATE INDEX ix_queue_new ON queue USING btree (standing, opened_run);
CREATE INDEX ix_queue_order ON queue USING btree (standing, rank, home_id, page, finding_id);
CREATE INDEX ix_queue_until ON queue USING btree (standing_until);
CREATE INDEX ix_review_finding_id_id ON review USING btree (finding_id, id);
CREATE INDEX ix_run_state ON run USING btree (state);
CREATE INDEX ix_sentence_sketch_hash ON sentence_sketch USING btree (hash);
CREATE INDEX ix_sighting_run_id_kind ON sighting USING btree (run_id, kind);
CREATE INDEX ix_snapshot_payload_sha256 ON snapshot USING btree (payload_sha256);
CREATE INDEX ix_source_address_address_id ON source_address USING btree (address_id);
ALTER TABLE ONLY anchor
    ADD CONSTRAINT fk_anchor_extraction_id_footnote FOREIGN KEY (extraction_id, footnote) REFERENCES footnote(extraction_id, ordinal);
ALTER TABLE ONLY archived_copy
    ADD CONSTRAINT fk_archived_copy_address_id FOREIGN KEY (address_id) REFERENCES address(id);
ALTER TABLE ONLY body_link
    ADD CONSTRAINT fk_body_link_extraction_id FOREIGN KEY (extraction_id) REFERENCES extraction(id);
ALTER TABLE ONLY citation
    ADD CONSTRAINT fk_citation_extraction_id_footnote FOREIGN KEY (extraction_id, footnote) REFERENCES footnote(extraction_id, ordinal);
ALTER TABLE ONLY cited_address
    ADD CONSTRAINT fk_cited_address_extraction_id_cited FOREIGN KEY (extraction_id, cited) REFERENCES cited_source(extraction_id, ordinal);
ALTER TABLE ONLY cited_address
    ADD CONSTRAINT fk_cited_address_source_address_id FOREIGN KEY (source_address_id) REFERENCES source_address(id);
ALTER TABLE ONLY cited_source
    ADD CONSTRAINT fk_cited_source_extraction_id FOREIGN KEY (extraction_id) REFERENCES extraction(id);
ALTER TABLE ONLY cited_source
    ADD CONSTRAINT fk_cited_source_extraction_id_body_link FOREIGN KEY (extraction_id, body_link) REFERENCES body_link(extraction_id, ordinal);
ALTER TABLE ONLY cited_source
    ADD CONSTRAINT fk_cited_source_extraction_id_footnote FOREIGN KEY (extraction_id, footnote) REFERENCES footnote(extraction_id, ordinal);
ALTER TABLE ONLY cited_source
    ADD CONSTRAINT fk_cited_source_extraction_id_footnote_citation FOREIGN KEY (extraction_id, footnote, citation) REFERENCES citation(extraction_id, footnote, ordinal);
ALTER TABLE ONLY cited_source
    ADD CONSTRAINT fk_cited_source_source_id FOREIGN KEY (source_id) REFERENCES source(id);
ALTER TABLE ONLY comparison
    ADD CONSTRAINT fk_comparison_extraction_id FOREIGN KEY (extraction_id) REFERENCES extraction(id);
ALTER TABLE ONLY comparison
    ADD CONSTRAINT fk_comparison_text_id FOREIGN KEY (text_id) REFERENCES text(id);
ALTER TABLE ONLY document_place
    ADD CONSTRAINT fk_document_place_document_id FOREIGN KEY (document_id) REFERENCES document(id);
ALTER TABLE ONLY edition
    ADD CONSTRAINT fk_edition_document_id FOREIGN KEY (document_id) REFERENCES document(id);
ALTER TABLE ONLY extraction_warning
    ADD CONSTRAINT fk_extraction_warning_extraction_id FOREIGN KEY (extraction_id) REFERENCES extraction(id);
ALTER TABLE ONLY "fetch"
    ADD CONSTRAINT fk_fetch_address_id FOREIGN KEY (address_id) REFERENCES address(id);
ALTER TABLE ONLY "fetch"
    ADD CONSTRAINT fk_fetch_run_id FOREIGN KEY (run_id) REFERENCES run(id);
ALTER TABLE ONLY "fetch"
    ADD CONSTRAINT fk_fetch_text_id FOREIGN KEY (text_id) REFERENCES text(id);
ALTER TABLE ONLY finding
    ADD CONSTRAINT fk_finding_document_id FOREIGN KEY (document_id) REFERENCES document(id);
ALTER TABLE ONLY finding
    ADD CONSTRAINT fk_finding_first_seen_run FOREIGN KEY (first_seen_run) REFERENCES run(id);
ALTER TABLE ONLY finding
    ADD CONSTRAINT fk_finding_last_seen_run FOREIGN KEY (last_seen_run) REFERENCES run(id);
ALTER TABLE ONLY finding
    ADD CONSTRAINT fk_finding_opened_run FOREIGN KEY (opened_run) REFERENCES run(id);
ALTER TABLE ONLY footnote
    ADD CONSTRAINT fk_footnote_extraction_id FOREIGN KEY (extraction_id) REFERENCES extraction(id);
ALTER TABLE ONLY presence
    ADD CONSTRAINT fk_presence_finding_id FOREIGN KEY (finding_id) REFERENCES finding(id);
ALTER TABLE ONLY queue
    ADD CONSTRAINT fk_queue_finding_id FOREIGN KEY (finding_id) REFERENCES finding(id);
ALTER TABLE ONLY review
    ADD CONSTRAINT fk_review_finding_id FOREIGN KEY (finding_id) REFERENCES finding(id);
ALTER TABLE ONLY sentence_sketch
    ADD CONSTRAINT fk_sentence_sketch_extraction_id FOREIGN KEY (extraction_id) REFERENCES extraction(id);
ALTER TABLE ONLY sighting
    ADD CONSTRAINT fk_sighting_finding_id FOREIGN KEY (finding_id) REFERENCES finding(id);
ALTER TABLE ONLY sighting
    ADD CONSTRAINT fk_sighting_run_id FOREIGN KEY (run_id) REFERENCES run(id);
ALTER TABLE ONLY snapshot
    ADD CONSTRAINT fk_snapshot_fetch_id FOREIGN KEY (fetch_id) REFERENCES "fetch"(id);
ALTER TABLE ONLY source_address
    ADD CONSTRAINT fk_source_address_address_id FOREIGN KEY (address_id) REFERENCES address(id);
ALTER TABLE ONLY source_address
    ADD CONSTRAINT fk_source_address_source_id FOREIGN KEY (source_id) REFERENCES source(id);
INSERT INTO alembic_version VALUES ('0015');
