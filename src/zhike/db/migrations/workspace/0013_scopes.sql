-- What scopes ask of departments, planned once per connection; and news of those who had nothing shared before.

CREATE INDEX zk_department_parent ON zk_department (parent);

-- The departments that an id, a path or a name means, with all below if `deep`. A name that several departments
-- bear means none of them, unless `each_one` asks for all.
CREATE FUNCTION zk_departments(meant text, deep boolean, each_one boolean) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ARRAY(
        WITH RECURSIVE up AS (
            SELECT d.id, d.parent, d.name AS path FROM zk_department AS d
             WHERE d.deleted_at IS NULL
               AND (d.id::text = meant OR d.name = meant OR right(meant, length(d.name) + 1) = '/' || d.name)
            UNION ALL
            SELECT u.id, p.parent, p.name || '/' || u.path
              FROM up AS u JOIN zk_department AS p ON p.id = u.parent AND p.deleted_at IS NULL
        ), placed AS (
            SELECT u.id, u.path FROM up AS u WHERE u.parent IS NULL
        ), found AS (
            SELECT p.id, rank() OVER (ORDER BY p.id::text <> meant, p.path <> meant) FROM placed AS p
             WHERE p.id::text = meant OR right('/' || p.path, length(meant) + 1) = '/' || meant
        ), best AS (
            SELECT f.id FROM found AS f WHERE f.rank = 1
        ), below AS (
            SELECT b.id FROM best AS b WHERE each_one OR (SELECT count(*) FROM best) = 1
            UNION
            SELECT d.id FROM zk_department AS d JOIN below AS b ON d.parent = b.id WHERE deep AND d.deleted_at IS NULL
        )
        SELECT b.id FROM below AS b);
END $$;

-- Whoever has nothing shared is asked about nothing shared; so the first share of a grantee is told to everybody
-- who remembers people.
CREATE FUNCTION zk_tell_first_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh AS f WHERE NOT EXISTS (
                   SELECT FROM zk_share AS s WHERE s.grantee = f.grantee AND s.id NOT IN (SELECT id FROM fresh))) THEN
        PERFORM pg_notify('zhike', substr(TG_TABLE_SCHEMA, 4) || ' people');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER zk_share_first AFTER INSERT ON zk_share REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION zk_tell_first_share();
