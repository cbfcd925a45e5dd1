-- Imports that are tried before they are run, and taken back after.

-- 试导入: what a draft would do, line by line. Nothing of it is in the base.
CREATE TABLE zk_rehearsal (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    import     uuid NOT NULL REFERENCES zk_import ON DELETE CASCADE,
    state      text NOT NULL DEFAULT 'waiting'
               CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    plan       json NOT NULL,               -- of the draft as it was then
    counts     json NOT NULL DEFAULT '{}',
    stopped    json,                        -- why it stopped before its end, in both languages
    actor      uuid,
    narrowed   text[],                      -- what the key it was asked with leaves of the rights
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at   timestamptz
);
CREATE INDEX zk_rehearsal_import ON zk_rehearsal (import, id);

-- One line of the file: which kinds of findings it has (a sum of the bits in hub/ingest/rehearsal), and its cells.
CREATE TABLE zk_rehearsal_line (
    rehearsal  uuid NOT NULL REFERENCES zk_rehearsal ON DELETE CASCADE,
    line       integer NOT NULL,            -- as the spreadsheet counts, from 1
    kinds      integer NOT NULL,
    told       json NOT NULL,
    PRIMARY KEY (rehearsal, line)
);
-- Lines that are more than plainly new: few of many, and what people look for.
CREATE INDEX zk_rehearsal_line_notable ON zk_rehearsal_line (rehearsal, line) WHERE kinds & 7930 <> 0;

-- What earlier lines would have brought, so that later ones are known to be the same.
CREATE TABLE zk_rehearsal_key (
    rehearsal  uuid NOT NULL REFERENCES zk_rehearsal ON DELETE CASCADE,
    key        bigint NOT NULL,             -- a digest of the identity key or of the unique values
    line       integer NOT NULL,
    apart      json,                        -- what makes it another one if it differs
    PRIMARY KEY (rehearsal, key)
);

-- 撤销导入: how far it came, and whether what others changed since is overwritten.
ALTER TABLE zk_import ADD COLUMN undo json;

-- The records of a run that is taken back, last one first.
CREATE TABLE zk_import_item (
    import     uuid NOT NULL REFERENCES zk_import ON DELETE CASCADE,
    position   bigint NOT NULL,
    object     text NOT NULL,
    record     uuid NOT NULL,
    made       boolean NOT NULL,            -- whether the run made it; else it changed it
    old        jsonb,                       -- what it held before the run, in the fields that the run changed
    new        jsonb,                       -- what it held after the run
    outcome    text NOT NULL DEFAULT 'waiting',  -- removed, restored, kept, gone
    why        json,                        -- what stands against it, in both languages
    PRIMARY KEY (import, position)
);
CREATE INDEX zk_import_item_kept ON zk_import_item (import, position) WHERE outcome IN ('kept', 'waiting');
