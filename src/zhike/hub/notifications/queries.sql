-- written
-- How far each log of each workspace has been written: schema, log, last number given out.
SELECT n.nspname::text, CASE c.relname WHEN 'zk_event_seq_seq' THEN 'changes' ELSE 'operations' END,
       pg_sequence_last_value(c.oid)
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.relname IN ('zk_event_seq_seq', 'zk_operation_seq_seq') AND c.relkind = 'S' AND n.nspname LIKE 'ws\_%'
   AND pg_sequence_last_value(c.oid) IS NOT NULL;

-- turn
-- One process reads a log at a time; the others leave it to that one. Takes no number, as locking a row would.
SELECT pg_try_advisory_xact_lock(hashtextextended('zhike notifications ' || current_schema() || ' ' || :log::text, 0));

-- place
-- How far a log was told of; its mark, whether everybody who began before it has ended, and where that was.
SELECT upto, mark, barrier <= pg_snapshot_xmin(pg_current_snapshot()), barrier::text::bigint
  FROM zk_notification_place WHERE log = :log::text;

-- move
-- Everything up to here is told of.
UPDATE zk_notification_place
   SET upto = :upto::bigint, mark = CASE WHEN mark > :upto::bigint THEN mark END,
       barrier = CASE WHEN mark > :upto::bigint THEN barrier END
 WHERE log = :log::text;

-- set_mark
-- Up to here it may be read once the barrier is passed.
UPDATE zk_notification_place SET mark = :mark::bigint, barrier = :barrier::text::xid8 WHERE log = :log::text;

-- tell_changes
-- Who is told what of some changes, one line for everything of one transaction or one job. Of a record that was
-- asked for and granted just then, the answer tells already.
WITH news AS MATERIALIZED (
    SELECT e.seq, e.at, e.actor, e.object, e.record, e.kind, e.source, e.old, e.new,
           CASE WHEN e.source IN ('import', 'handover') AND e.cause IS NOT NULL THEN e.source || ' ' || e.cause
                WHEN e.cause LIKE 'sweep %' THEN e.cause
                ELSE e.xid::text END AS knot
      FROM zk_event AS e
     WHERE e.seq > :after::bigint AND e.seq <= :upto::bigint AND e.at > now() - interval '30 days'
       AND e.kind IN ('created', 'updated', 'shared')
), told AS (
    SELECT n.*, 'given' AS tells, (n.new ->> 'owner')::uuid AS receiver, NULL AS field
      FROM news AS n
     WHERE n.kind <> 'shared' AND n.new ->> 'owner' IS NOT NULL AND (n.kind = 'updated' OR n.actor IS NOT NULL)
    UNION ALL
    SELECT n.*, CASE WHEN (n.new #>> '{zk_share,team}')::boolean THEN 'team' ELSE 'shared' END,
           substr(n.new #>> '{zk_share,grantee}', 6)::uuid, NULL
      FROM news AS n
     WHERE n.kind = 'shared' AND n.old IS NULL AND n.new #>> '{zk_share,grantee}' LIKE 'user:%'
    UNION ALL
    SELECT n.*, 'mentioned', m.id::uuid, f.field
      FROM news AS n JOIN json_to_recordset(:naming::json) AS f (object text, field text) ON f.object = n.object
     CROSS JOIN LATERAL jsonb_array_elements_text(
           CASE jsonb_typeof(n.new -> f.field) WHEN 'array' THEN n.new -> f.field ELSE '[]' END) AS m (id)
     WHERE n.kind <> 'shared' AND (n.kind = 'updated' OR n.actor IS NOT NULL)
       AND NOT coalesce(jsonb_exists(n.old -> f.field, m.id), false)
), meant AS (
    SELECT t.* FROM told AS t JOIN zk_user AS u ON u.id = t.receiver AND u.active AND u.deleted_at IS NULL
     WHERE t.receiver IS DISTINCT FROM t.actor
       AND NOT EXISTS (SELECT FROM zk_notification_off AS o WHERE o."user" = t.receiver AND o.kind = t.tells)
       AND NOT EXISTS (SELECT FROM zk_identity_wish AS w
                        WHERE w.object = t.object AND w.record = t.record AND w.asker = t.receiver
                          AND w.state = 'granted' AND w.decided_at = t.at)
), lots AS (
    SELECT receiver, tells, knot, object, count(DISTINCT record) AS number, min(seq) AS first, max(at) AS at,
           (array_agg(actor ORDER BY seq))[1] AS actor, (array_agg(source ORDER BY seq))[1] AS source,
           (array_agg(field ORDER BY seq))[1] AS field, (array_agg(DISTINCT record))[1:3] AS records
      FROM meant GROUP BY receiver, tells, knot, object
), made AS (
    INSERT INTO zk_notification AS z ("user", kind, knot, at, actor, object, records, facts)
    SELECT DISTINCT ON (receiver, tells, knot) receiver, tells, knot, max(at) OVER same, actor, object, records,
           jsonb_strip_nulls(jsonb_build_object(
               'counts', jsonb_object_agg(object, number) OVER same, 'source', source, 'field', field))
      FROM lots WINDOW same AS (PARTITION BY receiver, tells, knot)
     ORDER BY receiver, tells, knot, first
    ON CONFLICT ("user", kind, knot) DO UPDATE
       SET at = EXCLUDED.at, read_at = NULL,
           facts = z.facts || jsonb_build_object('counts', (
               SELECT jsonb_object_agg(c.key, c.number)
                 FROM (SELECT p.key, sum(p.value::bigint) AS number
                         FROM (SELECT * FROM jsonb_each_text(z.facts -> 'counts')
                               UNION ALL SELECT * FROM jsonb_each_text(EXCLUDED.facts -> 'counts')) AS p
                        GROUP BY p.key) AS c))
    RETURNING "user"
)
SELECT DISTINCT "user" FROM made;

-- tell_operations
-- Who is told what of some entries of the operation log: requests and their answers, exports to be approved and
-- decided, views shared. Of a request whoever decides it is told: the owner, else whoever they reported to.
WITH RECURSIVE news AS MATERIALIZED (
    SELECT o.seq, o.at, o.actor, o.act, o.object, o.target::uuid AS target, o.new
      FROM zk_operation AS o
     WHERE o.seq > :after::bigint AND o.seq <= :upto::bigint AND o.at > now() - interval '30 days'
       AND (o.act IN ('duplicate.asked', 'duplicate.granted', 'duplicate.refused',
                      'export.asked', 'export.approved', 'export.refused')
            OR o.act = 'view.shared' AND o.new ->> 'grantee' LIKE 'user:%')
), asked AS (
    SELECT n.seq, u.id, u.manager, u.active AND u.deleted_at IS NULL AS there, 0 AS far
      FROM news AS n JOIN zk_user AS u ON u.id = (n.new ->> 'owner')::uuid WHERE n.act = 'duplicate.asked'
    UNION ALL
    SELECT a.seq, u.id, u.manager, u.active AND u.deleted_at IS NULL, a.far + 1
      FROM asked AS a JOIN zk_user AS u ON u.id = a.manager WHERE NOT a.there AND a.far < 20
), told AS (
    SELECT n.seq, n.at, n.actor, n.object, n.target AS record, 'request' AS tells, a.id AS receiver,
           jsonb_build_object('wish', n.new ->> 'wish') AS facts
      FROM news AS n JOIN asked AS a ON a.seq = n.seq AND a.there
    UNION ALL
    SELECT n.seq, n.at, n.actor, n.object, n.target, 'answer', (n.new ->> 'asker')::uuid,
           jsonb_build_object('wish', n.new ->> 'wish', 'state', split_part(n.act, '.', 2))
      FROM news AS n WHERE n.act IN ('duplicate.granted', 'duplicate.refused')
    UNION ALL
    SELECT n.seq, n.at, x.actor, x.object, x.id, 'approval', r."user",
           jsonb_build_object('expected', n.new -> 'expected')
      FROM news AS n JOIN zk_export AS x ON x.id = n.target
      JOIN (SELECT DISTINCT "user" FROM zk_user_role WHERE role = ANY(:approvers::text[])) AS r
        ON r."user" IS DISTINCT FROM x.actor
     WHERE n.act = 'export.asked' AND n.new ->> 'state' = 'asked'
    UNION ALL
    SELECT n.seq, n.at, n.actor, x.object, x.id, 'export', x.actor,
           jsonb_build_object('state', split_part(n.act, '.', 2))
      FROM news AS n JOIN zk_export AS x ON x.id = n.target
     WHERE n.act IN ('export.approved', 'export.refused') AND n.actor IS NOT NULL
    UNION ALL
    SELECT n.seq, n.at, n.actor, 'view', n.target, 'shared', substr(n.new ->> 'grantee', 6)::uuid, '{}'
      FROM news AS n WHERE n.act = 'view.shared'
), made AS (
    INSERT INTO zk_notification ("user", kind, knot, at, actor, object, records, facts)
    SELECT t.receiver, t.tells, 'operation ' || t.seq, t.at, t.actor, t.object, ARRAY[t.record], t.facts
      FROM told AS t JOIN zk_user AS u ON u.id = t.receiver AND u.active AND u.deleted_at IS NULL
     WHERE t.receiver IS DISTINCT FROM t.actor
       AND NOT EXISTS (SELECT FROM zk_notification_off AS o WHERE o."user" = t.receiver AND o.kind = t.tells)
    ON CONFLICT ("user", kind, knot) DO NOTHING
    RETURNING "user"
)
SELECT DISTINCT "user" FROM made;

-- stand_of_import
-- Who asked for an import, how it stands, and whether it, or its undoing, is over.
SELECT actor, object, state, ended_at, json_build_object('name', name, 'created', counts -> 'created',
       'updated', counts -> 'updated', 'failed', counts -> 'failed'), state IN ('done', 'failed', 'undone')
  FROM zk_import WHERE id = :id::uuid;

-- stand_of_export
-- Who asked for an export, how it stands, and whether it is over other than by somebody's decision.
SELECT actor, object, state, ended_at, json_build_object('count', count),
       state IN ('done', 'failed') OR state = 'refused' AND decided_by IS NULL
  FROM zk_export WHERE id = :id::uuid;

-- stand_of_identity
-- Who asked for a run that looks for duplicates, how it stands, and whether it is over.
SELECT actor, object, state, ended_at, json_build_object('pairs', pairs), state IN ('done', 'failed')
  FROM zk_identity_run WHERE id = :id::uuid;

-- stand_of_handover
-- Who asked for a hand-over, how it stands, and whether it, or its undoing, is over.
SELECT actor, 'user', state, ended_at, json_build_object('person', person), state IN ('done', 'failed', 'undone')
  FROM zk_handover WHERE id = :id::uuid;

-- stand_of_merge
-- Who asked for many merges at once, how they stand, and whether they, or their undoing, are over.
SELECT actor, object, state, ended_at, '{}'::json, state IN ('done', 'failed', 'undone')
  FROM zk_merge_batch WHERE id = :id::uuid;

-- stand_of_standardize
-- Who asked for a standard run, how it stands, and whether it, or its undoing, is over.
SELECT actor, object, state, ended_at, '{}'::json, state IN ('done', 'failed', 'undone')
  FROM zk_standardize WHERE id = :id::uuid;

-- stand_of_sweep
-- Who asked for a bulk act, how it stands, and whether it, or its undoing, is over.
SELECT actor, object, state, ended_at,
       json_build_object('act', spec ->> 'act', 'done', coalesce(counts -> 'done', '0'),
                         'refused', coalesce(counts -> 'refused', '0'),
                         'undone', coalesce(counts -> 'undone', '0'), 'kept', coalesce(counts -> 'kept', '0')),
       state IN ('done', 'failed', 'undone')
  FROM zk_sweep WHERE id = :id::uuid;

-- tell_job
-- Somebody's work came to an end, or gets nowhere; told once, however often it is looked at.
INSERT INTO zk_notification ("user", kind, knot, at, object, records, facts)
SELECT u.id, :kind::text, :knot::text, coalesce(:at::timestamptz, now()), :object::text, ARRAY[:id::uuid], :facts::jsonb
  FROM zk_user AS u
 WHERE u.id = :user::uuid AND u.active AND u.deleted_at IS NULL
   AND NOT EXISTS (SELECT FROM zk_notification_off AS o WHERE o."user" = u.id AND o.kind = :kind::text)
ON CONFLICT ("user", kind, knot) DO NOTHING
RETURNING "user";

-- hour
-- The hour of the day, where the company is.
SELECT extract(hour FROM now())::int;

-- tell_due
-- Whoever is in charge of what is `late` is told, once a day; comes behind the statement that says what is.
INSERT INTO zk_notification ("user", kind, knot, object, records, facts)
SELECT u.id, 'due', concat_ws(' ', l.state, l.object, current_date), l.object, (array_agg(l.id ORDER BY l.due))[1:3],
       jsonb_build_object('state', l.state, 'counts', jsonb_build_object(l.object, count(*)))
  FROM (SELECT *, CASE WHEN due < now() THEN 'over' ELSE 'today' END AS state FROM late) AS l
  JOIN zk_user AS u ON u.id = l.owner AND u.active AND u.deleted_at IS NULL
 WHERE NOT EXISTS (SELECT FROM zk_notification_off AS o WHERE o."user" = u.id AND o.kind = 'due')
 GROUP BY u.id, l.object, l.state
ON CONFLICT ("user", kind, knot) DO NOTHING
RETURNING "user";

-- tell_bell
-- Let every process tell the bells of some people, once this is committed.
SELECT pg_notify('zhike', :payload::text);

-- page
-- Somebody's notifications, the newest first.
SELECT n.id, n.kind, n.at, n.read_at IS NOT NULL, n.actor, a.name, n.object, n.records, n.facts::text
  FROM zk_notification AS n LEFT JOIN zk_user AS a ON a.id = n.actor
 WHERE n."user" = :user::uuid AND (:after::uuid IS NULL OR n.id < :after::uuid)
   AND (NOT :unread::boolean OR n.read_at IS NULL)
 ORDER BY n.id DESC LIMIT :limit::int;

-- unread
-- How many somebody has not read.
SELECT count(*) FROM zk_notification WHERE "user" = :user::uuid AND read_at IS NULL;

-- unread_of
-- How many each of some people has not read.
SELECT u.id, (SELECT count(*) FROM zk_notification AS n WHERE n."user" = u.id AND n.read_at IS NULL)
  FROM unnest(:users::uuid[]) AS u (id);

-- read
-- Somebody read some of their notifications.
UPDATE zk_notification SET read_at = now()
 WHERE "user" = :user::uuid AND read_at IS NULL AND id = ANY(:ids::uuid[]);

-- read_all
-- Somebody has seen everything up to one of their notifications, or all of them.
UPDATE zk_notification SET read_at = now()
 WHERE "user" = :user::uuid AND read_at IS NULL AND (:upto::uuid IS NULL OR id <= :upto::uuid);

-- off
-- The kinds somebody does not want.
SELECT kind FROM zk_notification_off WHERE "user" = :user::uuid;

-- set_off
-- Somebody says which kinds they do not want.
WITH gone AS (DELETE FROM zk_notification_off WHERE "user" = :user::uuid AND kind <> ALL(:kinds::text[]))
INSERT INTO zk_notification_off ("user", kind) SELECT :user::uuid, kind FROM unnest(:kinds::text[]) AS k (kind)
ON CONFLICT DO NOTHING;

-- forget_old
-- What is older than a while, and what is more than anybody looks through.
DELETE FROM zk_notification AS n USING (
    SELECT id, at, row_number() OVER (PARTITION BY "user" ORDER BY id DESC) AS place FROM zk_notification
) AS o WHERE n.id = o.id AND (o.place > :most::int OR o.at < now() - make_interval(days => :days::int));

-- views_shown
-- The labels of those saved views that somebody owns or is shown, and of which objects they are.
SELECT v.id, v.label, v.object FROM zk_view AS v
 WHERE v.id = ANY(:ids::uuid[])
   AND (v.owner = :user::uuid OR EXISTS (SELECT FROM zk_share AS s
         WHERE s.object = 'view' AND s.record = v.id AND s.grantee = ANY(:grantees::text[])
           AND (s.until IS NULL OR s.until > now())));

-- sessions_left
-- Which of some sessions are still open, and not unused for too long.
SELECT id FROM zhike.session
 WHERE id = ANY(:ids::uuid[]) AND expires_at > now()
   AND (:idle::int = 0 OR seen_at > now() - make_interval(secs => :idle::int));
