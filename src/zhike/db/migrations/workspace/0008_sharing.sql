-- What people share with each other and hand over to each other.

ALTER TABLE zk_share ADD COLUMN reason text NOT NULL DEFAULT '';
CREATE INDEX zk_share_until ON zk_share (until) WHERE until IS NOT NULL;

-- A way to look at the records of an object that a person saved. Those of the configuration are documents.
CREATE TABLE zk_view (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    owner      uuid NOT NULL REFERENCES zk_user ON DELETE CASCADE,
    object     text NOT NULL,
    label      text NOT NULL,
    body       json NOT NULL,               -- select, where, order, as they were written
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version    bigint NOT NULL DEFAULT 1
);
CREATE INDEX zk_view_owner ON zk_view (owner, object);

-- 交接: everything a person was in charge of goes to others, as one job that can be taken back.
CREATE TABLE zk_handover (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    person     uuid NOT NULL REFERENCES zk_user ON DELETE CASCADE,
    actor      uuid,
    state      text NOT NULL DEFAULT 'waiting',   -- waiting, running, done, failed, undoing, undone
    plan       json NOT NULL,
    reason     text NOT NULL DEFAULT '',
    beside     json NOT NULL DEFAULT '{}',        -- what was done beside the records, to be taken back
    stopped    json,                              -- why it stopped before its end, in both languages
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at   timestamptz
);
CREATE UNIQUE INDEX zk_handover_open ON zk_handover (person) WHERE state IN ('waiting', 'running', 'undoing');

-- Who gets which record, settled before the first one moves.
CREATE TABLE zk_handover_item (
    handover   uuid NOT NULL REFERENCES zk_handover ON DELETE CASCADE,
    position   bigint NOT NULL,
    object     text NOT NULL,
    field      text NOT NULL,
    record     uuid NOT NULL,
    rule       integer NOT NULL,            -- the number of the rule, from 0
    target     uuid,                        -- NULL: the pool of the department
    department uuid,                        -- the new one; NULL: it stays
    was        uuid,                        -- the department before
    outcome    text NOT NULL DEFAULT 'waiting',   -- moved, changed, gone, refused; undone, kept
    why        text NOT NULL DEFAULT '',    -- the word of the fault, if it was refused
    PRIMARY KEY (handover, position)
);
CREATE INDEX zk_handover_item_outcome ON zk_handover_item (handover, outcome, position);
CREATE INDEX zk_handover_item_record ON zk_handover_item (handover, record, object, field);
