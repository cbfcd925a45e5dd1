-- add_sweep
-- Keep what was asked.
INSERT INTO zk_sweep (object, spec, actor, source, narrowed)
VALUES (:object::text, :spec::json, :actor::uuid, :source::text, :narrowed::text[]) RETURNING id;

-- name_records
-- Keep which records were named, in the order in which records are locked.
WITH named AS (
    INSERT INTO zk_sweep_item (sweep, position, record)
    SELECT :id::uuid, row_number() OVER (ORDER BY r.id), r.id FROM unnest(:records::uuid[]) AS r (id)
    RETURNING position
)
UPDATE zk_sweep SET total = (SELECT count(*) FROM named) WHERE id = :id::uuid;

-- set_total
-- How many records it is about.
UPDATE zk_sweep SET total = :total::bigint WHERE id = :id::uuid;

-- sweeps
-- Somebody's sweeps, newest first: all, those over an object, those not over yet, or one.
SELECT id, object, spec, actor, source, narrowed, state, total, counts, stopped, created_at, started_at, ended_at,
       now()
  FROM zk_sweep
 WHERE (:id::uuid IS NULL OR id = :id::uuid) AND (:actor::uuid IS NULL OR actor = :actor::uuid)
   AND (:object::text IS NULL OR object = :object::text)
   AND (NOT :open::boolean OR state IN ('waiting', 'running', 'undoing'))
   AND (:after::uuid IS NULL OR id < :after::uuid)
 ORDER BY id DESC LIMIT :limit::int;

-- wait_for_turn
-- One person asks for one at a time, so that what is counted stays counted.
SELECT pg_advisory_xact_lock(hashtextextended('sweep ' || :actor::text || ' ' || current_schema(), 0));

-- open_sweeps
-- How many sweeps of a person are not over yet.
SELECT count(*) FROM zk_sweep WHERE actor = :actor::uuid AND state IN ('waiting', 'running', 'undoing');

-- lock_sweep
-- Two processes that run the same one take turns.
SELECT state FROM zk_sweep WHERE id = :id::uuid FOR UPDATE;

-- turn_sweep
-- It goes from one state to another one, unless it is in none of those.
UPDATE zk_sweep
   SET state = :state::text, stopped = NULL,
       started_at = CASE WHEN state = :state::text THEN started_at
                         WHEN :state::text IN ('running', 'undoing') THEN now() ELSE started_at END,
       ended_at = CASE WHEN :state::text IN ('running', 'undoing') THEN NULL ELSE now() END
 WHERE id = :id::uuid AND state = ANY(:from::text[]) RETURNING id;

-- stop_sweep
-- Something stood against it as a whole.
UPDATE zk_sweep SET state = 'failed', stopped = :stopped::json, ended_at = now()
 WHERE id = :id::uuid AND state IN ('waiting', 'running', 'undoing');

-- items
-- The next records with an outcome, in order.
SELECT i.position, i.record, coalesce(i.object, s.object), i.was, i.became, i.version
  FROM zk_sweep_item AS i JOIN zk_sweep AS s ON s.id = i.sweep
 WHERE i.sweep = :id::uuid AND i.outcome = :outcome::text ORDER BY i.position LIMIT :limit::int;

-- set_outcomes
-- What became of some records.
UPDATE zk_sweep_item AS i
   SET outcome = x.outcome, why = x.why, record = coalesce(x.record, i.record), was = coalesce(x.was, i.was),
       became = coalesce(x.became, i.became), version = coalesce(x.version, i.version)
  FROM json_to_recordset(:items::json) AS x (position bigint, outcome text, why json, record uuid, was json,
                                             became json, version bigint)
 WHERE i.sweep = :id::uuid AND i.position = x.position;

-- add_outcomes
-- What became of records that were not named before: of all, if it is done at once, and of what goes along.
INSERT INTO zk_sweep_item (sweep, position, record, object, outcome, why, was, became, version)
SELECT :id::uuid,
       (SELECT coalesce(max(position), 0) FROM zk_sweep_item WHERE sweep = :id::uuid) + row_number() OVER (),
       x.record, x.object, x.outcome, x.why, x.was, x.became, x.version
  FROM json_to_recordset(:items::json) AS x (record uuid, object text, outcome text, why json, was json, became json,
                                             version bigint);

-- advance_sweep
-- How far it came.
UPDATE zk_sweep SET counts = :counts::json WHERE id = :id::uuid;

-- refusals
-- The records that were left as they are, by the act or on the way back.
SELECT i.position, i.record, coalesce(i.object, s.object), i.outcome, i.why
  FROM zk_sweep_item AS i JOIN zk_sweep AS s ON s.id = i.sweep
 WHERE i.sweep = :id::uuid AND i.outcome = ANY(:outcomes::text[]) AND i.position > :after::bigint
 ORDER BY i.position LIMIT :limit::int;

-- forget_old
-- What is older than anybody takes back.
DELETE FROM zk_sweep
 WHERE ended_at < now() - make_interval(days => :days::int) AND state NOT IN ('waiting', 'running', 'undoing');
