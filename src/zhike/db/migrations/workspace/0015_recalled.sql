-- What was decided about files like this one, and what is still to be decided line by line.

-- How files of one shape (the same heads in the same order) were mapped last.
CREATE TABLE zk_import_shape (
    object  text NOT NULL,
    shape   text NOT NULL,                  -- a digest of the folded heads
    actor   uuid,
    plan    json NOT NULL,
    used_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT (object, shape, actor)
);

-- 待确认: lines that seem to be there already, for a person to decide.
CREATE TABLE zk_import_review (
    import     uuid NOT NULL REFERENCES zk_import ON DELETE CASCADE,
    line       integer NOT NULL,
    given      json NOT NULL,               -- the values in standard form
    cells      json NOT NULL,               -- as they came
    matches    json NOT NULL,               -- the records it seems to be, as far as the importer may know
    decision   text NOT NULL DEFAULT '' CHECK (decision IN ('', 'skip', 'create', 'update', 'merge')),
    decided_by uuid,
    decided_at timestamptz,
    PRIMARY KEY (import, line)
);
CREATE INDEX zk_import_review_open ON zk_import_review (import, line) WHERE decision = '';
