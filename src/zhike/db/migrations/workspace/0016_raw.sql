-- What was typed, where it is kept in another form; and runs that bring the base to the standard of today.

ALTER TABLE zk_event ADD COLUMN raw jsonb;      -- of some of the fields in `new`; NULL: nothing was typed otherwise

CREATE TABLE zk_standardize (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    object     text NOT NULL,
    state      text NOT NULL DEFAULT 'looking',
               -- looking, ready, waiting, running, done, failed, undoing, undone, cancelled
    spec       json NOT NULL,
    counts     json NOT NULL DEFAULT '{}',
    samples    json NOT NULL DEFAULT '{}',
    after      uuid,                            -- the last record that is done with
    stopped    json,
    actor      uuid,
    narrowed   text[],
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at   timestamptz
);
