-- add_standard_run
-- Keep what was asked.
INSERT INTO zk_standardize (object, spec, actor, narrowed)
VALUES (:object::text, :spec::json, :actor::uuid, :narrowed::text[]) RETURNING id;

-- standard_runs
-- Runs, newest first: all, those over an object, or one.
SELECT s.id, s.object, s.state, s.spec, s.counts, s.samples, s.stopped, s.actor, u.name, s.narrowed, s.created_at,
       s.started_at, s.ended_at
  FROM zk_standardize s LEFT JOIN zk_user u ON u.id = s.actor
 WHERE (:id::uuid IS NULL OR s.id = :id::uuid) AND (:object::text IS NULL OR s.object = :object::text)
   AND (:after::uuid IS NULL OR s.id < :after::uuid)
 ORDER BY s.id DESC LIMIT :limit::int;

-- open_standard_run
-- Another run over the object that changes records.
SELECT id FROM zk_standardize
 WHERE object = :object::text AND id <> :id::uuid AND state IN ('waiting', 'running', 'undoing');

-- turn_standard_run
-- It goes from one state to another one, unless it is in none of those; counting begins again.
UPDATE zk_standardize
   SET state = :state::text, counts = '{}', stopped = NULL, ended_at = NULL,
       started_at = CASE WHEN :state::text = 'running' THEN now() ELSE started_at END
 WHERE id = :id::uuid AND state = ANY(:from::text[]) RETURNING id;

-- lock_standard_run
-- Two processes that work on the same one take turns.
SELECT state FROM zk_standardize WHERE id = :id::uuid FOR UPDATE;

-- advance_standard_run
-- How far it came.
UPDATE zk_standardize SET counts = :counts::json, samples = coalesce(:samples::json, samples) WHERE id = :id::uuid;

-- end_standard_run
-- It came to an end, good or bad.
UPDATE zk_standardize SET state = :state::text, stopped = :stopped::json, ended_at = now() WHERE id = :id::uuid;

-- changes_of_standard_run
-- What a run changed, in order.
SELECT seq, record, old, new FROM zk_event
 WHERE at >= :since::timestamptz AND seq > :after::bigint AND object = :object::text
   AND source = 'standardize' AND cause = :id::text AND kind = 'updated'
 ORDER BY seq LIMIT :limit::int;

-- typed
-- The last event that set each of some fields of some records, and what was typed then.
SELECT DISTINCT ON (e.record, k.key) e.record, k.key, e.raw -> k.key, e.new -> k.key
  FROM zk_event e JOIN unnest(:keys::text[]) AS k(key) ON e.new ? k.key
 WHERE e.object = :object::text AND e.record = ANY(:records::uuid[])
 ORDER BY e.record, k.key, e.seq DESC;
