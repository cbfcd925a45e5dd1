-- add_export
-- Ask for a file.
INSERT INTO zk_export (object, query, format, actor)
VALUES (:object::text, :query::json, :format::text, :actor::uuid)
RETURNING id;

-- export
-- One export with everything known about it.
SELECT id, object, state, query, format, file, count, actor, created_at, ended_at
  FROM zk_export WHERE id = :id::uuid;

-- begin_export
-- It runs; one that was done stays done.
UPDATE zk_export SET state = 'running', count = 0
 WHERE id = :id::uuid AND state <> 'done' RETURNING id;

-- advance_export
-- How many records are written so far.
UPDATE zk_export SET count = :count::bigint WHERE id = :id::uuid;

-- end_export
-- It came to an end.
UPDATE zk_export SET state = :state::text, file = :file::uuid, count = :count::bigint, ended_at = now()
 WHERE id = :id::uuid;
