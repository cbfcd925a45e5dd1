-- What programs derive from records is derived anew in portions, after the start of a product with
-- other rules: how far that came with each table, and the books of the job that does it.

ALTER TABLE zk_stale ADD COLUMN after uuid;
COMMENT ON COLUMN zk_stale.after IS 'The last record that was derived anew; NULL: none yet';
COMMENT ON TABLE zk_derived IS
    'By which version of its rules a hidden column is derived; zk_stale says of which tables that is not done yet';

CREATE TABLE zk_renewal (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    state      text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    total      bigint,                            -- how many records; NULL: not counted yet
    done       bigint NOT NULL DEFAULT 0,         -- how many of them so far
    stopped    json,                              -- why it stopped before its end, in both languages
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at   timestamptz
);
CREATE UNIQUE INDEX zk_renewal_open ON zk_renewal ((true)) WHERE state <> 'done';
COMMENT ON TABLE zk_renewal IS 'Renewals: what is derived from all records derived anew, by rules of today';
