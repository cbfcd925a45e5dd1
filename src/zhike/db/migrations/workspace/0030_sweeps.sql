-- 批量操作: one thing done to many records, as a job that can be broken off and taken back.

CREATE TABLE zk_sweep (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    object     text NOT NULL,
    spec       json NOT NULL,                     -- which records, and what is done to them
    actor      uuid,
    source     text NOT NULL,                     -- the way it was asked for: ui, api
    narrowed   text[],                            -- what the key it was asked with leaves of the rights
    state      text NOT NULL DEFAULT 'waiting',   -- waiting, running, done, failed, cancelled, undoing, undone
    total      bigint,                            -- how many records; NULL: not settled yet
    counts     json NOT NULL DEFAULT '{}',        -- what became of them so far
    stopped    json,                              -- why it stopped before its end, in both languages
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at   timestamptz
);
CREATE INDEX zk_sweep_actor ON zk_sweep (actor, id);

-- Its records, settled before the first one is changed; forgotten after a while.
CREATE TABLE zk_sweep_item (
    sweep    uuid NOT NULL REFERENCES zk_sweep ON DELETE CASCADE,
    position bigint NOT NULL,
    record   uuid NOT NULL,
    outcome  text NOT NULL DEFAULT 'waiting',     -- done, unchanged, refused; undone, kept
    why      json,                                -- what refused it: words and sentences
    was      json,                                -- the values it had
    became   json,                                -- the values it got
    version  bigint,                              -- the version it had then
    PRIMARY KEY (sweep, position)
);
CREATE INDEX zk_sweep_item_outcome ON zk_sweep_item (sweep, outcome, position);
