-- What every workspace has beside the tables of its objects. Names begin with zk_, so that no object of
-- the business (event, document, file …) ever has to step aside.

CREATE TABLE zk_department (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    name       text NOT NULL,
    parent     uuid REFERENCES zk_department,
    head       uuid,
    active     boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    bigint NOT NULL DEFAULT 1,
    deleted_at timestamptz
);

CREATE TABLE zk_user (
    id         uuid PRIMARY KEY,            -- that of zhike.account
    login      text NOT NULL,
    name       text NOT NULL,
    number     text,
    mobile     text,
    email      text,
    manager    uuid REFERENCES zk_user,
    department uuid REFERENCES zk_department,   -- the main one
    language   text NOT NULL DEFAULT 'zh',
    active     boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    bigint NOT NULL DEFAULT 1,
    deleted_at timestamptz
);
CREATE UNIQUE INDEX zk_user_login ON zk_user (lower(login));
CREATE INDEX zk_user_name ON zk_user (name);
ALTER TABLE zk_department ADD FOREIGN KEY (head) REFERENCES zk_user;

CREATE TABLE zk_user_department (
    "user"     uuid NOT NULL REFERENCES zk_user ON DELETE CASCADE,
    department uuid NOT NULL REFERENCES zk_department ON DELETE CASCADE,
    main       boolean NOT NULL DEFAULT false,
    PRIMARY KEY ("user", department)
);
CREATE INDEX zk_user_department_department ON zk_user_department (department);

CREATE TABLE zk_user_role (
    "user" uuid NOT NULL REFERENCES zk_user ON DELETE CASCADE,
    role   text NOT NULL,                   -- key of a `role` document
    PRIMARY KEY ("user", role)
);

-- The configuration: the current text of each document, every earlier one, and one number that rises.
CREATE TABLE zk_document (
    kind       text NOT NULL,
    key        text NOT NULL,
    version    integer NOT NULL,
    app        text,
    body       json NOT NULL,               -- json, not jsonb: the order of fields is the author's
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, key)
);
CREATE TABLE zk_document_version (
    kind       text NOT NULL,
    key        text NOT NULL,
    version    integer NOT NULL,
    app        text,
    body       json,                        -- NULL: removed in this version
    actor      uuid,
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, key, version)
);
CREATE TABLE zk_config (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint NOT NULL DEFAULT 0
);
INSERT INTO zk_config DEFAULT VALUES;

-- What was removed and whose data waits to be purged or taken back: fields, whole objects (field '').
CREATE TABLE zk_removed (
    object     text NOT NULL,
    field      text NOT NULL DEFAULT '',
    place      text NOT NULL,               -- the column or table that still holds the data
    spec       json NOT NULL,
    removed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (object, place)
);

-- Everything that happened. Append-only, by month.
CREATE TABLE zk_event (
    seq    bigint GENERATED ALWAYS AS IDENTITY,
    xid    xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at     timestamptz NOT NULL DEFAULT now(),
    actor  uuid,
    source text NOT NULL,                   -- ui, api, import, rule, flow, system
    cause  text,                            -- what made it happen: an import, a rule, another event
    object text NOT NULL,
    record uuid NOT NULL,
    kind   text NOT NULL,                   -- created, updated, deleted, restored
    old    jsonb,
    new    jsonb,
    PRIMARY KEY (at, seq)
) PARTITION BY RANGE (at);
CREATE TABLE zk_event_rest PARTITION OF zk_event DEFAULT;
CREATE INDEX zk_event_record ON zk_event (object, record, seq);
CREATE INDEX zk_event_seq ON zk_event (seq);

-- Where an automatic number starts counting in each period: number = nextval - base.
CREATE TABLE zk_number_period (
    object text NOT NULL,
    field  text NOT NULL,
    period text NOT NULL,
    base   bigint NOT NULL,
    PRIMARY KEY (object, field, period)
);

CREATE TABLE zk_file (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    hash       text NOT NULL,
    name       text NOT NULL,
    type       text NOT NULL,
    size       bigint NOT NULL,
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE zk_import (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    object     text NOT NULL,
    file       uuid REFERENCES zk_file,
    name       text NOT NULL,
    state      text NOT NULL DEFAULT 'draft',   -- draft, waiting, running, done, failed
    plan       json NOT NULL,
    counts     json NOT NULL DEFAULT '{}',
    actor      uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at   timestamptz
);
CREATE TABLE zk_import_problem (
    import   uuid NOT NULL REFERENCES zk_import ON DELETE CASCADE,
    line     integer NOT NULL,              -- as the spreadsheet counts, from 1
    failed   boolean NOT NULL,              -- whether the row was left out because of it
    cells    json,
    problems json NOT NULL
);
CREATE INDEX zk_import_problem_import ON zk_import_problem (import, line);

CREATE TABLE zk_export (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    object     text NOT NULL,
    state      text NOT NULL DEFAULT 'waiting',
    query      json NOT NULL,
    format     text NOT NULL,
    file       uuid REFERENCES zk_file,
    count      bigint NOT NULL DEFAULT 0,
    actor      uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at   timestamptz
);
