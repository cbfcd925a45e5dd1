-- people
-- Some people as a hand-over has to know them.
SELECT u.id, u.name, u.active, u.manager,
       coalesce(u.absent_from <= now() AND (u.absent_until IS NULL OR u.absent_until > now()), false),
       d.id, coalesce(d.name, ''),
       EXISTS (SELECT FROM zk_handover h WHERE h.person = u.id AND h.state IN ('waiting', 'running'))
  FROM zk_user u LEFT JOIN zk_user d ON d.id = u.deputy AND d.active AND d.deleted_at IS NULL
 WHERE u.id = ANY(:ids::uuid[]) AND u.deleted_at IS NULL;

-- pools
-- Which of these departments can take records into their pool.
SELECT id, name FROM zk_department WHERE id = ANY(:ids::uuid[]) AND active AND deleted_at IS NULL;

-- below
-- Everybody under a person in the reporting line.
WITH RECURSIVE under AS (
    SELECT id FROM zk_user WHERE manager = :id::uuid
    UNION SELECT u.id FROM zk_user u JOIN under b ON u.manager = b.id
)
SELECT id FROM under;

-- lock_handovers
-- Hand-overs begin one after the other, so that nobody takes over who is being handed over.
SELECT pg_advisory_xact_lock(hashtextextended('handover ' || :workspace::text, 0));

-- add_handover
-- Keep what was asked.
INSERT INTO zk_handover (person, actor, plan, reason, narrowed)
VALUES (:person::uuid, :actor::uuid, :plan::json, :reason::text, :narrowed::text[]) RETURNING id;

-- open_handover
-- The hand-over of a person that is under way.
SELECT id FROM zk_handover WHERE person = :person::uuid AND state IN ('waiting', 'running', 'undoing');

-- handovers
-- Hand-overs, newest first: all, those of a person, or one.
SELECT h.id, h.person, u.name, h.actor, a.name, h.state, h.plan, h.reason, h.beside, h.stopped,
       h.created_at, h.started_at, h.ended_at, h.narrowed
  FROM zk_handover h JOIN zk_user u ON u.id = h.person LEFT JOIN zk_user a ON a.id = h.actor
 WHERE (:id::uuid IS NULL OR h.id = :id::uuid) AND (:person::uuid IS NULL OR h.person = :person::uuid)
   AND (:after::uuid IS NULL OR h.id < :after::uuid)
 ORDER BY h.id DESC LIMIT :limit::int;

-- lock_handover
-- Two processes that run the same one take turns.
SELECT state FROM zk_handover WHERE id = :id::uuid FOR UPDATE;

-- begin_handover
-- It runs, or runs on; unless another one of the same person does.
UPDATE zk_handover h SET state = :state::text, started_at = coalesce(started_at, now()), ended_at = NULL,
       stopped = NULL
 WHERE h.id = :id::uuid AND h.state = ANY(:from::text[])
   AND NOT EXISTS (SELECT FROM zk_handover o WHERE o.person = h.person AND o.id <> h.id
                      AND o.state IN ('waiting', 'running', 'undoing'))
RETURNING h.id;

-- end_handover
-- It came to an end, good or bad.
UPDATE zk_handover SET state = :state::text, stopped = :stopped::json, ended_at = now() WHERE id = :id::uuid;

-- keep_beside
-- What was done beside the records.
UPDATE zk_handover SET beside = :beside::json WHERE id = :id::uuid;

-- outcomes
-- What became of the records so far.
SELECT outcome, count(*) FROM zk_handover_item WHERE handover = :id::uuid GROUP BY outcome;

-- settled
-- How many records go to whom by which rule.
SELECT i.object, i.field, i.rule, i.target, u.name, CASE WHEN i.target IS NULL THEN i.department END AS pool,
       count(*)
  FROM zk_handover_item i LEFT JOIN zk_user u ON u.id = i.target
 WHERE i.handover = :id::uuid GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 7 DESC, 4;

-- exceptions
-- The records that did not go as settled.
SELECT position, object, field, record, target, outcome, why FROM zk_handover_item
 WHERE handover = :id::uuid AND outcome IN ('refused', 'changed', 'gone', 'kept') AND position > :after::bigint
 ORDER BY position LIMIT :limit::int;

-- waiting_items
-- The next records of one lot with an outcome, in order.
SELECT position, object, field, record, target, department, was, why
  FROM zk_handover_item i
 WHERE handover = :id::uuid AND outcome = :outcome::text ORDER BY position LIMIT :limit::int;

-- set_outcomes
-- What became of some records.
UPDATE zk_handover_item i SET outcome = x.outcome, why = x.why
  FROM json_to_recordset(:items::json) AS x(position bigint, outcome text, why text)
 WHERE i.handover = :id::uuid AND i.position = x.position;

-- reports_of
-- Who reports to a person.
SELECT id, name FROM zk_user WHERE manager = :id::uuid AND deleted_at IS NULL ORDER BY name, id;

-- heads
-- Which departments a person heads.
SELECT id, name FROM zk_department WHERE head = :id::uuid AND deleted_at IS NULL ORDER BY name, id;

-- counts_of
-- What of the platform belongs to a person: memberships in record teams, other shares, views, keys, running work.
SELECT (SELECT count(*) FROM zk_share WHERE grantee = 'user:' || :id::uuid AND team),
       (SELECT count(*) FROM zk_share WHERE grantee = 'user:' || :id::uuid AND NOT team
                                        AND (until IS NULL OR until > now())),
       (SELECT count(*) FROM zk_view WHERE owner = :id::uuid),
       (SELECT count(*) FROM zhike.api_key WHERE account = :id::uuid),
       (SELECT count(*) FROM zk_import WHERE actor = :id::uuid AND state IN ('waiting', 'running')),
       (SELECT count(*) FROM zk_export WHERE actor = :id::uuid AND state IN ('waiting', 'running'));

-- move_reports
-- Whoever reported to a person reports to another one, but nobody to themselves; gives whom that concerned.
WITH RECURSIVE up AS (
    SELECT id, manager FROM zk_user WHERE id = :to::uuid
    UNION SELECT u.id, u.manager FROM zk_user u JOIN up ON u.id = up.manager
)
UPDATE zk_user SET manager = :to::uuid, updated_at = now(), version = version + 1
 WHERE manager IS NOT DISTINCT FROM :from::uuid AND id NOT IN (SELECT id FROM up) AND (:only::uuid[] IS NULL OR id = ANY(:only::uuid[]))
RETURNING id;

-- move_heads
-- What a person headed is headed by another one; gives which departments.
UPDATE zk_department SET head = :to::uuid, updated_at = now(), version = version + 1
 WHERE head IS NOT DISTINCT FROM :from::uuid AND (:only::uuid[] IS NULL OR id = ANY(:only::uuid[]))
RETURNING id;

-- move_views
-- A person's saved views become another one's; gives which.
UPDATE zk_view SET owner = :to::uuid, updated_at = now(), version = version + 1
 WHERE owner = :from::uuid AND (:only::uuid[] IS NULL OR id = ANY(:only::uuid[]))
RETURNING id;

-- join_teams
-- Another person takes one's place in record teams, at the better of both levels; gives where they are new.
WITH gone AS (
    DELETE FROM zk_share WHERE grantee = 'user:' || :from::uuid AND team RETURNING object, record, level, reason
), come AS (
    INSERT INTO zk_share AS s (object, record, grantee, level, team, reason, created_by)
    SELECT object, record, 'user:' || :to::uuid, level, true, reason, :by::uuid FROM gone
    ON CONFLICT (object, record, grantee, team)
    DO UPDATE SET level = CASE WHEN s.level = 'write' THEN 'write' ELSE EXCLUDED.level END
    RETURNING object, record, old.id IS NULL AS new
)
INSERT INTO zk_handover_item (handover, position, object, field, record, rule, target, outcome, why)
SELECT :handover::uuid,
       (SELECT coalesce(max(position), 0) FROM zk_handover_item WHERE handover = :handover::uuid)
           + row_number() OVER (ORDER BY g.object, g.record),
       g.object, 'zk_team', g.record, 0, :to::uuid, 'joined', g.level || CASE WHEN c.new THEN ' new' ELSE '' END
  FROM gone g JOIN come c USING (object, record);

-- leave_teams
-- The places in record teams go back to whom they were taken from.
WITH taken AS (
    UPDATE zk_handover_item SET outcome = 'undone'
     WHERE handover = :handover::uuid AND field = 'zk_team' AND outcome = 'joined'
    RETURNING object, record, target, why
), left_again AS (
    DELETE FROM zk_share s USING taken t
     WHERE t.why LIKE '% new' AND s.object = t.object AND s.record = t.record AND s.team
       AND s.grantee = 'user:' || t.target
)
INSERT INTO zk_share (object, record, grantee, level, team, created_by)
SELECT object, record, 'user:' || :to::uuid, split_part(why, ' ', 1), true, :by::uuid FROM taken
ON CONFLICT (object, record, grantee, team) DO NOTHING;
