-- What scopes mean by a department, kept beside the tree: asked of in every statement, changed a few times a year.

CREATE TABLE zk_department_place (
    meant text PRIMARY KEY,
    one uuid[] NOT NULL,
    below uuid[] NOT NULL,
    each_one uuid[] NOT NULL,
    each_below uuid[] NOT NULL
);
COMMENT ON TABLE zk_department_place IS 'The departments that an id, a path or the end of a path means';
COMMENT ON COLUMN zk_department_place.one IS 'The department meant; none where several bear that name';
COMMENT ON COLUMN zk_department_place.below IS 'The same with all below';
COMMENT ON COLUMN zk_department_place.each_one IS 'All departments that bear the name';

-- An id is meant before a path, and a whole path before the end of one.
CREATE FUNCTION zk_place_departments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE zk_department_place IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM zk_department_place;
    WITH RECURSIVE placed AS (
        SELECT d.id, d.name AS path, ARRAY[d.id] AS line FROM zk_department AS d
         WHERE d.parent IS NULL AND d.deleted_at IS NULL
        UNION ALL
        SELECT d.id, p.path || '/' || d.name, p.line || d.id
          FROM placed AS p JOIN zk_department AS d ON d.parent = p.id AND d.deleted_at IS NULL
    ), below AS (
        SELECT over, p.id FROM placed AS p, unnest(p.line) AS over
    ), named AS (
        SELECT p.id::text AS meant, p.id, 1 AS rank FROM placed AS p
        UNION ALL
        SELECT array_to_string(parts[n:], '/'), p.id, CASE n WHEN 1 THEN 2 ELSE 3 END
          FROM placed AS p, string_to_array(p.path, '/') AS parts, generate_subscripts(parts, 1) AS n
    ), best AS (
        SELECT n.meant, n.id, rank() OVER (PARTITION BY n.meant ORDER BY n.rank) AS rank FROM named AS n
    ), found AS (
        SELECT b.meant, array_agg(DISTINCT b.id) AS each_one, array_agg(DISTINCT u.id) AS each_below
          FROM best AS b JOIN below AS u ON u.over = b.id WHERE b.rank = 1 GROUP BY b.meant
    )
    INSERT INTO zk_department_place (meant, one, below, each_one, each_below)
    SELECT f.meant,
           CASE cardinality(f.each_one) WHEN 1 THEN f.each_one ELSE '{}' END,
           CASE cardinality(f.each_one) WHEN 1 THEN f.each_below ELSE '{}' END,
           f.each_one, f.each_below
      FROM found AS f;
    RETURN NULL;
END $$;
CREATE TRIGGER zk_department_placed AFTER INSERT OR UPDATE OR DELETE ON zk_department
    FOR EACH STATEMENT EXECUTE FUNCTION zk_place_departments();
UPDATE zk_department SET name = name WHERE false;

DROP FUNCTION zk_departments;
