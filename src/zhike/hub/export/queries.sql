-- add_export
-- Ask for a file.
INSERT INTO zk_export (object, query, format, actor, state, trace, expected, reason, narrowed, ip, agent)
VALUES (:object::text, :query::json, :format::text, :actor::uuid, :state::text, :trace::text, :expected::bigint,
        :reason::text, :narrowed::text[], :ip::text, :agent::text)
RETURNING id;

-- export
-- One export with everything known about it.
SELECT e.id, e.object, e.state, e.query, e.format, e.count, e.actor, u.name, u.number, e.trace, e.expected,
       e.reason, e.narrowed, e.ip, e.agent, e.decided_by, d.name, e.decided_at, e.decision, e.fault, e.standing,
       e.size, e.digest, e.created_at, e.started_at, e.ended_at, e.expires_at
  FROM zk_export e LEFT JOIN zk_user u ON u.id = e.actor LEFT JOIN zk_user d ON d.id = e.decided_by
 WHERE e.id = :id::uuid;

-- traced
-- The export whose trace id stands in a file.
SELECT id FROM zk_export WHERE trace = :trace::text;

-- exports_of
-- One person's exports, newest first.
SELECT id FROM zk_export
 WHERE actor = :actor::uuid AND (:state::text IS NULL OR state = :state::text)
   AND (:after::uuid IS NULL OR id < :after::uuid)
 ORDER BY id DESC LIMIT :limit::int;

-- exports_to_decide
-- What waits for approval, oldest first; nobody decides on what he asked for himself.
SELECT id FROM zk_export
 WHERE state = 'asked' AND actor IS DISTINCT FROM :viewer::uuid
   AND (:after::uuid IS NULL OR id > :after::uuid)
 ORDER BY id LIMIT :limit::int;

-- some_exports
-- Several exports with everything known about them.
SELECT e.id, e.object, e.state, e.query, e.format, e.count, e.actor, u.name, u.number, e.trace, e.expected,
       e.reason, e.narrowed, e.ip, e.agent, e.decided_by, d.name, e.decided_at, e.decision, e.fault, e.standing,
       e.size, e.digest, e.created_at, e.started_at, e.ended_at, e.expires_at
  FROM unnest(:ids::uuid[]) WITH ORDINALITY AS wanted (id, place)
  JOIN zk_export e ON e.id = wanted.id
  LEFT JOIN zk_user u ON u.id = e.actor LEFT JOIN zk_user d ON d.id = e.decided_by
 ORDER BY wanted.place;

-- wait_for_turn
-- One person asks for one export at a time, so that what is counted stays counted.
SELECT pg_advisory_xact_lock(hashtextextended('export ' || :actor::text || ' ' || current_schema(), 0));

-- open_exports
-- How many exports of a person are not over yet.
SELECT count(*) FROM zk_export WHERE actor = :actor::uuid AND state IN ('asked', 'waiting', 'running');

-- taken
-- How many records a person took within a day without anybody's approval, one export left out.
SELECT coalesce(sum(CASE state WHEN 'done' THEN count WHEN 'expired' THEN count
                    ELSE greatest(expected, count) END), 0)::bigint
  FROM zk_export
 WHERE actor = :actor::uuid AND decided_by IS NULL AND state IN ('waiting', 'running', 'done', 'expired')
   AND created_at > now() - interval '24 hours' AND id IS DISTINCT FROM :except::uuid;

-- decide
-- Somebody approves or refuses what waits for it; nobody decides twice.
UPDATE zk_export
   SET state = :state::text, decided_by = :by::uuid, decided_at = now(), decision = :reason::text,
       ended_at = CASE WHEN :state::text = 'refused' THEN now() END
 WHERE id = :id::uuid AND state = 'asked' RETURNING id;

-- cancel
-- Its asker no longer wants it.
UPDATE zk_export SET state = 'cancelled', ended_at = now()
 WHERE id = :id::uuid AND state IN ('asked', 'waiting', 'running') RETURNING id;

-- begin_export
-- It runs; one that is over stays over, unless the surroundings failed it.
UPDATE zk_export SET state = 'running', count = 0, started_at = now(), ended_at = NULL, fault = NULL
 WHERE id = :id::uuid AND state IN ('waiting', 'running', 'failed') RETURNING id;

-- advance_export
-- How many records are written so far; nothing comes back once it is cancelled.
UPDATE zk_export SET count = :count::bigint WHERE id = :id::uuid AND state = 'running' RETURNING id;

-- end_export
-- The file is there.
UPDATE zk_export
   SET state = 'done', count = :count::bigint, size = :size::bigint, digest = :digest::text, standing = :standing::text,
       ended_at = now(), expires_at = now() + make_interval(days => :days::int)
 WHERE id = :id::uuid AND state = 'running' RETURNING id;

-- stop_export
-- It came to no good end.
UPDATE zk_export SET state = :state::text, count = 0, fault = :fault::json, ended_at = now()
 WHERE id = :id::uuid AND state IN ('waiting', 'running') RETURNING id;

-- ask_again
-- There are more records than were approved: somebody has to look once more.
UPDATE zk_export
   SET state = 'asked', expected = :expected::bigint, count = 0, decided_by = NULL, decided_at = NULL, decision = ''
 WHERE id = :id::uuid AND state = 'running' RETURNING id;

-- expire
-- The time of a file is up, or nobody decided for a month.
UPDATE zk_export
   SET state = 'expired', ended_at = coalesce(ended_at, now())
 WHERE state = 'done' AND expires_at <= now()
    OR state = 'asked' AND created_at < now() - interval '30 days'
RETURNING id, trace, object;

-- kept
-- The exports whose files are still wanted, out of some.
SELECT id FROM zk_export WHERE id = ANY(:ids::uuid[]) AND state IN ('running', 'done');

-- downloads
-- When and from where a file was fetched.
SELECT at, name, ip, agent FROM zk_operation
 WHERE object = 'export' AND target = :id::text AND act = 'export.downloaded' ORDER BY seq LIMIT 1000;
