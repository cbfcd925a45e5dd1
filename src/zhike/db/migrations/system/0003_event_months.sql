-- Partitions of `zk_event`. Months are those of UTC, so that they do not depend on who makes them.

CREATE FUNCTION zhike.make_event_month(workspace text, month date) RETURNS boolean
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
    EXECUTE format('WITH moved AS (DELETE FROM %I.zk_event_rest WHERE at >= %L AND at < %L RETURNING *) '
                   'INSERT INTO %I.%I SELECT * FROM moved',
                   schema, since, before, schema, name);
    EXECUTE format('ALTER TABLE %I.zk_event ATTACH PARTITION %I.%I FOR VALUES FROM (%L) TO (%L)',
                   schema, schema, name, since, before);
    RETURN true;
END
$$;
