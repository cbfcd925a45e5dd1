-- add_rehearsal
-- Keep that a draft is to be tried.
INSERT INTO zk_rehearsal (import, plan, actor, narrowed)
VALUES (:import::uuid, :plan::json, :actor::uuid, :narrowed::text[]) RETURNING id;

-- rehearsal
-- One rehearsal with the draft it tries.
SELECT r.id, r.import, r.state, r.plan, r.counts, r.stopped, r.actor, r.narrowed, r.created_at,
       r.started_at, r.ended_at, i.object, now(), i.plan
  FROM zk_rehearsal r JOIN zk_import i ON i.id = r.import
 WHERE r.id = :id::uuid;

-- latest
-- The last rehearsal of a draft.
SELECT id FROM zk_rehearsal WHERE import = :import::uuid ORDER BY id DESC LIMIT 1;

-- give_up
-- Whoever asks anew does not wait for what was asked before.
UPDATE zk_rehearsal SET state = 'cancelled', ended_at = now()
 WHERE import = :import::uuid AND state IN ('waiting', 'running') RETURNING id;

-- begin
-- It runs, or runs on; what is over stays over.
UPDATE zk_rehearsal SET state = 'running', started_at = coalesce(started_at, now()), ended_at = NULL,
       stopped = NULL
 WHERE id = :id::uuid AND state IN ('waiting', 'running', 'failed') RETURNING id;

-- forget_others
-- Of what was tried before nobody wants to know.
DELETE FROM zk_rehearsal WHERE import = :import::uuid AND id < :id::uuid;

-- forget_old
-- What nobody looked at for so long is out of date.
DELETE FROM zk_rehearsal WHERE created_at < now() - interval '7 days';

-- advance
-- The findings of a chunk and how far it came are one transaction.
UPDATE zk_rehearsal SET counts = :counts::json
 WHERE id = :id::uuid AND state = 'running' AND coalesce((counts ->> 'line')::int, 0) = :line::int
RETURNING id;

-- end
-- It came to an end, good or bad. The keys of its lines have served.
WITH done AS (
    UPDATE zk_rehearsal SET state = :state::text, stopped = :stopped::json, ended_at = now()
     WHERE id = :id::uuid AND state = 'running' RETURNING id
)
DELETE FROM zk_rehearsal_key k USING done WHERE k.rehearsal = done.id AND :state::text = 'done';

-- add_lines
-- What was found out about the lines of a chunk.
INSERT INTO zk_rehearsal_line (rehearsal, line, kinds, told)
SELECT :id::uuid, line, kinds, told
  FROM json_to_recordset(:lines::json) AS t(line int, kinds int, told json);

-- lines
-- A page of findings in the order of the file.
SELECT line, kinds, told FROM zk_rehearsal_line
 WHERE rehearsal = :id::uuid AND line > :after::int ORDER BY line LIMIT :limit::int;

-- notable_lines
-- A page of those that are of some kinds, all of which have the index.
SELECT line, kinds, told FROM zk_rehearsal_line
 WHERE rehearsal = :id::uuid AND line > :after::int AND kinds & :kinds::int <> 0
   AND kinds & 7930 <> 0 ORDER BY line LIMIT :limit::int;

-- some_lines
-- A page of those that are of some kinds.
SELECT line, kinds, told FROM zk_rehearsal_line
 WHERE rehearsal = :id::uuid AND line > :after::int AND kinds & :kinds::int <> 0
 ORDER BY line LIMIT :limit::int;

-- earlier
-- Which of these keys an earlier line would have brought.
SELECT key, line, apart FROM zk_rehearsal_key
 WHERE rehearsal = :id::uuid AND key = ANY(:keys::bigint[]);

-- add_keys
-- The keys that lines would bring; the first line that brings one keeps it.
INSERT INTO zk_rehearsal_key (rehearsal, key, line, apart)
SELECT :id::uuid, key, line, apart
  FROM json_to_recordset(:keys::json) AS t(key bigint, line int, apart json)
    ON CONFLICT DO NOTHING;
