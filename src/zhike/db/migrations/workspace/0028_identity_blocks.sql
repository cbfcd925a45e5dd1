-- By what a record is looked for in a run that follows another one: sums of the values that others would have to share
-- with it to be compared. They stand as one run left them; a run that is not followed leaves none.

CREATE TABLE zk_identity_index (
    object text PRIMARY KEY,
    run    uuid NOT NULL REFERENCES zk_identity_run ON DELETE CASCADE,
    rules  json NOT NULL                    -- the columns of each sum
);

CREATE TABLE zk_identity_block (
    object text NOT NULL,
    record uuid NOT NULL,
    sums   integer[] NOT NULL,
    PRIMARY KEY (object, record)
);
CREATE INDEX zk_identity_block_sums ON zk_identity_block USING gin (sums);
