-- The three logs (zk_operation, zk_sign_in, zk_event) only grow, and are sealed in blocks, each seal
-- bound to the one before it and signed with a key that lies outside the database.

CREATE TABLE zk_seal (
    log    text NOT NULL CHECK (log IN ('operations', 'sign_ins', 'changes')),
    number bigint NOT NULL,                 -- 1, 2, 3 … within the log
    form   smallint NOT NULL,               -- how a row was written when it was summed up
    first  bigint NOT NULL,                 -- the sequence numbers it covers, without a gap to the one before
    last   bigint NOT NULL,
    count  bigint NOT NULL,                 -- the rows there are in between; numbers of what was undone are free
    since  timestamptz NOT NULL,            -- the earliest and the latest of them
    until  timestamptz NOT NULL,
    digest bytea NOT NULL,                  -- sha256 of the rows in order
    before bytea NOT NULL,                  -- sha256 of the seal before, its signature included
    key    text NOT NULL,                   -- which key signed it
    mac    bytea NOT NULL,                  -- HMAC-SHA256 over all of the above
    at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (log, number),
    UNIQUE (log, last)
);

-- Up to where everything will be final, once every transaction before the barrier has ended.
CREATE TABLE zk_seal_mark (
    log     text PRIMARY KEY,
    upto    bigint NOT NULL,
    barrier xid8 NOT NULL
);

-- Which sealed periods were taken out when their time was over. Their seals stay.
CREATE TABLE zk_cleared (
    log    text NOT NULL,
    number bigint NOT NULL,                 -- the last seal whose rows are gone
    rows   bigint NOT NULL,
    key    text NOT NULL,
    mac    bytea NOT NULL,
    at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (log, number)
);

DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['zk_operation', 'zk_sign_in', 'zk_event', 'zk_seal', 'zk_cleared'] LOOP
        EXECUTE format('CREATE TRIGGER zk_only_grows BEFORE UPDATE OR DELETE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION zhike.refuse_change()', one);
        EXECUTE format('CREATE TRIGGER zk_only_grows_whole BEFORE TRUNCATE ON %I '
                       'EXECUTE FUNCTION zhike.refuse_change()', one);
    END LOOP;
    FOR one IN SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'zk_event'::regclass LOOP
        EXECUTE format('CREATE TRIGGER zk_only_grows_whole BEFORE TRUNCATE ON %s '
                       'EXECUTE FUNCTION zhike.refuse_change()', one);
    END LOOP;
END
$$;
