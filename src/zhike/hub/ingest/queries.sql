-- people
-- Everybody by every name they go by. People are few, and all of them may be named.
SELECT id, active, name, login, number, mobile, email FROM zk_user WHERE deleted_at IS NULL;

-- departments
-- Every department by its name and by its path.
WITH RECURSIVE tree AS (
    SELECT id, active, name, name AS path FROM zk_department
     WHERE parent IS NULL AND deleted_at IS NULL
    UNION ALL
    SELECT d.id, d.active, d.name, tree.path || '/' || d.name
      FROM zk_department d JOIN tree ON d.parent = tree.id WHERE d.deleted_at IS NULL
)
SELECT id, active, name, path FROM tree;

-- add_import
-- Keep a draft.
INSERT INTO zk_import (object, file, name, plan, actor)
VALUES (:object::text, :file::uuid, :name::text, :plan::json, :actor::uuid)
RETURNING id;

-- import
-- One import with everything known about it.
SELECT i.id, i.object, i.file, i.name, i.state, i.plan, i.counts, i.actor,
       i.created_at, i.started_at, i.ended_at, f.hash, now(), i.narrowed
  FROM zk_import i LEFT JOIN zk_file f ON f.id = i.file
 WHERE i.id = :id::uuid;

-- unfinished
-- Imports of the same content that were begun by the same person and never came to their end.
SELECT i.id, i.plan FROM zk_import i JOIN zk_file f ON f.id = i.file
 WHERE f.hash = :hash::text AND i.object = :object::text AND i.state IN ('running', 'failed')
   AND i.actor IS NOT DISTINCT FROM :actor::uuid
 ORDER BY i.created_at DESC LIMIT 20;

-- amend_import
-- Change the plan of a draft.
UPDATE zk_import SET plan = :plan::json WHERE id = :id::uuid AND state = 'draft' RETURNING id;

-- drop_import
-- Forget a draft; what was begun is kept for the record.
DELETE FROM zk_import WHERE id = :id::uuid AND state = 'draft';

-- await_import
-- A draft is finished; what failed may be tried again.
UPDATE zk_import SET state = 'waiting', ended_at = NULL, narrowed = :narrowed::text[]
 WHERE id = :id::uuid AND state IN ('draft', 'failed') RETURNING id;

-- begin_import
-- It runs, or runs on; the first start counts.
UPDATE zk_import SET state = 'running', started_at = coalesce(started_at, now()), ended_at = NULL
 WHERE id = :id::uuid AND state IN ('waiting', 'running', 'failed') RETURNING id;

-- advance_import
-- The chunk and its progress are one transaction; whoever expected another line is not the only one running it.
UPDATE zk_import SET counts = :counts::json
 WHERE id = :id::uuid AND state = 'running' AND coalesce((counts ->> 'line')::int, 0) = :line::int
RETURNING id;

-- end_import
-- It came to an end, good or bad.
UPDATE zk_import SET state = :state::text, counts = :counts::json, ended_at = now()
 WHERE id = :id::uuid AND state = 'running';

-- cancel_import
-- Nobody wants it any more; the chunk under way is not kept.
UPDATE zk_import SET state = 'cancelled', ended_at = now()
 WHERE id = :id::uuid AND state IN ('waiting', 'running', 'failed') RETURNING id;

-- add_problems
-- What is wrong with the lines of a chunk.
INSERT INTO zk_import_problem (import, line, failed, cells, problems)
SELECT :id::uuid, line, failed, cells, problems
  FROM json_to_recordset(:problems::json) AS t(line int, failed boolean, cells json, problems json);

-- problems
-- A page of what is wrong, by line.
SELECT line, failed, cells, problems FROM zk_import_problem
 WHERE import = :id::uuid AND line > :after::int ORDER BY line LIMIT :limit::int;
