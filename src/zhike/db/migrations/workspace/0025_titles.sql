-- Where a record stands in a list by title: a hidden column of every object's table, derived by
-- the program, like its search words. What has to be derived is worked off at the next start.

CREATE TABLE zk_stale (
    "table" text NOT NULL,
    what text NOT NULL,
    PRIMARY KEY ("table", what)
);
COMMENT ON TABLE zk_stale IS 'What programs have to derive anew from all records of a table';

DO $$
DECLARE
    one text;
BEGIN
    FOR one IN
        SELECT c.relname FROM pg_class AS c
          JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'zk_search'
         WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
           AND NOT a.attisdropped
    LOOP
        EXECUTE format(
            'ALTER TABLE %I ADD COLUMN IF NOT EXISTS zk_title text COLLATE "C" NOT NULL DEFAULT %L',
            one, '');
        INSERT INTO zk_stale VALUES (one, 'title');
    END LOOP;
END
$$;
