-- What only grows: the logs of every workspace. A trigger is a guard against accidents and hurried hands;
-- the proof that nothing was changed are the seals (zk_seal), which a trigger cannot be talked out of.

-- Rows leave a log in one way only: whole sealed periods, by zhike.clear_log. A month that gets a
-- partition of its own takes its rows out of the default one; that is a move, not a loss.
CREATE FUNCTION zhike.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('zhike.clearing', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

-- The same as before, for partitions that refuse to be emptied too.
CREATE OR REPLACE FUNCTION zhike.make_event_month(workspace text, month date) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    schema  text := 'ws_' || workspace;
    name    text := 'zk_event_' || to_char(month, 'YYYY_MM');
    since   timestamptz := date_trunc('month', month::timestamp) AT TIME ZONE 'UTC';
    before  timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass(format('%I.%I', schema, name)) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('LOCK TABLE %I.zk_event IN SHARE ROW EXCLUSIVE MODE', schema);
    IF to_regclass(format('%I.%I', schema, name)) IS NOT NULL THEN
        RETURN false;  -- somebody else made it while we waited
    END IF;
    -- Events that came while there was no partition for them wait in the default one.
    EXECUTE format('CREATE TABLE %I.%I (LIKE %I.zk_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
                   schema, name, schema);
    PERFORM set_config('zhike.clearing', 'on', true);
    EXECUTE format('WITH moved AS (DELETE FROM %I.zk_event_rest WHERE at >= %L AND at < %L RETURNING *) '
                   'INSERT INTO %I.%I SELECT * FROM moved',
                   schema, since, before, schema, name);
    PERFORM set_config('zhike.clearing', '', true);
    EXECUTE format('ALTER TABLE %I.zk_event ATTACH PARTITION %I.%I FOR VALUES FROM (%L) TO (%L)',
                   schema, schema, name, since, before);
    EXECUTE format('CREATE TRIGGER zk_only_grows_whole BEFORE TRUNCATE ON %I.%I '
                   'EXECUTE FUNCTION zhike.refuse_change()', schema, name);
    RETURN true;
END
$$;

-- Take a sealed period out of a log: every row up to a sequence number, partitions of past months as a
-- whole. Gives the number of rows. Whoever calls it without saying so in zk_cleared, under the key that
-- lies outside the database, is found by the next verification.
CREATE FUNCTION zhike.clear_log(workspace text, log text, upto bigint) RETURNS bigint
LANGUAGE plpgsql SET lock_timeout = '10s' AS $$
DECLARE
    schema text := 'ws_' || workspace;
    part   record;
    rows   bigint;
    total  bigint := 0;
    newest bigint;
BEGIN
    FOR part IN
        SELECT c.relname AS name
          FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
         WHERE i.inhparent = to_regclass(format('%I.%I', schema, log)) AND c.relname ~ '_\d{4}_\d{2}$'
           AND right(c.relname, 7) < to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')
         ORDER BY c.relname
    LOOP
        EXECUTE format('SELECT count(*), max(seq) FROM %I.%I', schema, part.name) INTO rows, newest;
        IF newest <= upto THEN
            EXECUTE format('DROP TABLE %I.%I', schema, part.name);
            total := total + rows;
        END IF;
    END LOOP;
    PERFORM set_config('zhike.clearing', 'on', true);
    EXECUTE format('DELETE FROM %I.%I WHERE seq <= %L', schema, log, upto);
    GET DIAGNOSTICS rows = ROW_COUNT;
    PERFORM set_config('zhike.clearing', '', true);
    RETURN total + rows;
END
$$;
