-- keep
-- Lines to be decided about, with what they seem to be.
INSERT INTO zk_import_review (import, line, given, cells, matches)
SELECT :id::uuid, line, given, cells, matches
  FROM json_to_recordset(:lines::json) AS t(line int, given json, cells json, matches json)
    ON CONFLICT DO NOTHING;

-- waiting
-- A page of those nobody decided about.
SELECT line, given, cells, matches FROM zk_import_review
 WHERE import = :id::uuid AND decision = '' AND line > :after::int ORDER BY line LIMIT :limit::int;

-- open
-- Some of them, held until they are decided about.
SELECT line, given, cells FROM zk_import_review
 WHERE import = :id::uuid AND decision = '' AND line = ANY(:lines::int[]) ORDER BY line FOR UPDATE;

-- decided
-- What was decided, by whom.
UPDATE zk_import_review SET decision = :decision::text, decided_by = :actor::uuid, decided_at = now()
 WHERE import = :id::uuid AND line = ANY(:lines::int[]);
