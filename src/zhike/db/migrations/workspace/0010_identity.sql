-- Runs that look for duplicates over the whole base, what they found, and what people said to it.

CREATE TABLE zk_identity_run (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    object     text NOT NULL,
    state      text NOT NULL DEFAULT 'waiting'
               CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    threshold  double precision NOT NULL,
    step       text NOT NULL DEFAULT '',    -- what is being done: reading, learning, keeping
    records    bigint NOT NULL DEFAULT 0,
    pairs      bigint NOT NULL DEFAULT 0,
    clusters   bigint NOT NULL DEFAULT 0,
    model      json,                        -- the weights that were learnt
    fault      json,
    actor      uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at   timestamptz
);
CREATE INDEX zk_identity_run_object ON zk_identity_run (object, id);

-- Two records that may be one. `levels` holds, for each aspect of the model, on which level they agree.
CREATE TABLE zk_identity_pair (
    id     uuid PRIMARY KEY DEFAULT uuidv7(),
    run    uuid NOT NULL REFERENCES zk_identity_run ON DELETE CASCADE,
    a      uuid NOT NULL,
    b      uuid NOT NULL CHECK (a < b),
    score  double precision NOT NULL,
    levels text NOT NULL,
    joined boolean NOT NULL                 -- whether the run put both into one cluster
);
CREATE INDEX zk_identity_pair_score ON zk_identity_pair (run, score DESC, id);

CREATE TABLE zk_identity_cluster (
    run    uuid NOT NULL REFERENCES zk_identity_run ON DELETE CASCADE,
    number integer NOT NULL,
    record uuid NOT NULL,
    PRIMARY KEY (run, number, record)
);

-- What people decided of two records; it holds for all later runs.
CREATE TABLE zk_identity_decision (
    object   text NOT NULL,
    a        uuid NOT NULL,
    b        uuid NOT NULL CHECK (a < b),
    decision text NOT NULL CHECK (decision IN ('same', 'different')),
    actor    uuid,
    at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (object, a, b)
);
