-- Records that were made one, with all it takes to part them again.

-- Many merges asked for at once, and how far they came.
CREATE TABLE zk_merge_batch (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    object     text NOT NULL,
    run        uuid,                        -- the identity run whose clusters they are
    min_score  double precision NOT NULL,
    state      text NOT NULL DEFAULT 'waiting'
               CHECK (state IN ('waiting', 'running', 'done', 'failed', 'undoing', 'undone')),
    actor      uuid,
    stopped    json,                        -- why it stopped before its end, in both languages
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at   timestamptz
);
CREATE INDEX zk_merge_batch_run ON zk_merge_batch (run, id);

-- 合并: one merge. What the survivor held before and after, in the fields that changed; what was shared.
CREATE TABLE zk_merge (
    id         uuid PRIMARY KEY,
    seq        bigint GENERATED ALWAYS AS IDENTITY,
    object     text NOT NULL,
    survivor   uuid NOT NULL,
    batch      uuid REFERENCES zk_merge_batch ON DELETE CASCADE,
    actor      uuid,
    at         timestamptz NOT NULL DEFAULT now(),
    taken      json NOT NULL DEFAULT '{}',  -- by field: from which record, by which rule
    before     json NOT NULL DEFAULT '{}',
    after      json NOT NULL DEFAULT '{}',
    shares     json NOT NULL DEFAULT '{}',  -- before: of all records; after: of the survivor
    undone_at  timestamptz,
    undone_by  uuid
);
CREATE INDEX zk_merge_survivor ON zk_merge (object, survivor, seq);

-- The records that went into it. They lie in the recycle bin as they were: that is where their values are kept.
CREATE TABLE zk_merge_part (
    merge      uuid NOT NULL REFERENCES zk_merge ON DELETE CASCADE,
    object     text NOT NULL,
    record     uuid NOT NULL,
    survivor   uuid NOT NULL,               -- who answers for it now: that of the last merge in a row
    active     boolean NOT NULL DEFAULT true,
    PRIMARY KEY (merge, record)
);
CREATE UNIQUE INDEX zk_merge_part_record ON zk_merge_part (object, record) WHERE active;
CREATE INDEX zk_merge_part_survivor ON zk_merge_part (object, survivor) WHERE active;

-- The links that led to them and lead to the survivor now, or could not be moved.
CREATE TABLE zk_merge_move (
    merge      uuid NOT NULL REFERENCES zk_merge ON DELETE CASCADE,
    object     text NOT NULL,
    field      text NOT NULL,
    record     uuid NOT NULL,
    was        uuid NOT NULL,
    held       boolean NOT NULL DEFAULT false,  -- whether a list named the survivor before
    why        text NOT NULL DEFAULT '',        -- the word of the fault, if it could not be moved
    PRIMARY KEY (merge, object, field, record, was)
);

-- What many merges at once are made of, cluster by cluster.
CREATE TABLE zk_merge_batch_item (
    batch      uuid NOT NULL REFERENCES zk_merge_batch ON DELETE CASCADE,
    position   integer NOT NULL,
    records    uuid[] NOT NULL,
    outcome    text NOT NULL DEFAULT 'waiting',  -- merged, refused, gone; undone, kept
    why        text NOT NULL DEFAULT '',
    merge      uuid,
    PRIMARY KEY (batch, position)
);
CREATE INDEX zk_merge_batch_item_outcome ON zk_merge_batch_item (batch, outcome, position);
