-- note
-- One entry of the operation log. The transaction gets its number before the row gets its own: see sealing.py.
WITH mine AS MATERIALIZED (SELECT pg_current_xact_id() AS xid)
INSERT INTO zk_operation (xid, actor, name, seen_by, act, object, target, label, old, new, reason, source, ip, agent, request)
SELECT mine.xid, :actor::uuid, :name::text, :seen_by::uuid, :act::text, :object::text, :target::text, :label::text,
       :old::jsonb, :new::jsonb, :reason::text, :source::text, :ip::text, :agent::text, :request::text FROM mine;

-- note_sign_in
-- One entry of the sign-in log.
WITH mine AS MATERIALIZED (SELECT pg_current_xact_id() AS xid)
INSERT INTO zk_sign_in (xid, "user", login, way, outcome, ip, agent)
SELECT mine.xid, :user::uuid, :login::text, :way::text, :outcome::text, :ip::text, :agent::text FROM mine;

-- reveal_turn
-- One person reveals one thing at a time, so that a quota cannot be overdrawn from two sides.
SELECT pg_advisory_xact_lock(hashtextextended('zhike reveal ' || current_schema() || ' ' || :actor::text, 0));

-- reveals
-- How many values somebody revealed in 24 hours, and in how many seconds the first of them is free again.
SELECT coalesce(sum((o.new ->> 'count')::integer), 0),
       ceil(extract(epoch FROM min(o.at) + interval '24 hours' - now()))::integer
  FROM zk_operation AS o
 WHERE o.actor = :actor::text::uuid AND o.act = 'field.revealed' AND o.at > now() - interval '24 hours';

-- sealing_turn
-- One process seals a log at a time; waits for the other.
SELECT pg_advisory_xact_lock(hashtextextended('zhike seal ' || current_schema() || ' ' || :log::text, 0));

-- head
-- The last seal of a log, and up to where everything was going to be final.
SELECT s.number, s.form, s.first, s.last, s.count, s.since, s.until, s.digest, s.before, s.key, s.mac, s.at
  FROM zk_seal AS s WHERE s.log = :log::text ORDER BY s.number DESC LIMIT 1;

-- mark
-- The mark, and whether every transaction that was under way when it was set has ended by now.
SELECT m.upto, m.barrier <= pg_snapshot_xmin(pg_current_snapshot()), m.barrier::text::bigint FROM zk_seal_mark AS m WHERE m.log = :log::text;

-- unnumbered
-- Whether this transaction has no number yet.
SELECT pg_current_xact_id_if_assigned() IS NULL;

-- barrier
-- The number of this transaction, given to it just now: whoever began to write before has a smaller one.
-- (The upper end of a snapshot would not do: it does not count those that are still under way.)
SELECT pg_current_xact_id()::text;

-- moment
-- The time by the clock of the database.
SELECT clock_timestamp();

-- passed
-- Whether every transaction before a barrier has ended.
SELECT :barrier::text::xid8 <= pg_snapshot_xmin(pg_current_snapshot());

-- set_mark
-- Remember up to where to seal once the barrier is passed.
INSERT INTO zk_seal_mark (log, upto, barrier) VALUES (:log::text, :upto::bigint, :barrier::text::xid8)
    ON CONFLICT (log) DO UPDATE SET upto = EXCLUDED.upto, barrier = EXCLUDED.barrier;

-- drop_mark
-- What was marked is sealed.
DELETE FROM zk_seal_mark WHERE log = :log::text;

-- add_seals
-- New seals, as JSON: one statement for however many there are.
INSERT INTO zk_seal (log, number, form, first, last, count, since, until, digest, before, key, mac, at)
SELECT x.log, x.number, x.form, x.first, x.last, x.count, x.since, x.until, decode(x.digest, 'hex'),
       decode(x.before, 'hex'), x.key, decode(x.mac, 'hex'), x.at
  FROM json_to_recordset(:seals::json) AS x(log text, number bigint, form smallint, first bigint, last bigint,
       count bigint, since timestamptz, until timestamptz, digest text, before text, key text, mac text,
       at timestamptz);

-- add_cleared
-- A period whose time is over, taken out.
INSERT INTO zk_cleared (log, number, rows, key, mac, at)
VALUES (:log::text, :number::bigint, :rows::bigint, :key::text, :mac::bytea, :at::timestamptz);

-- cleared
-- What was taken out of a log.
SELECT number, rows, key, mac, at FROM zk_cleared WHERE log = :log::text ORDER BY number;

-- period
-- The last seal before the first one that holds anything younger than some months, and how many rows are kept by seals until then.
SELECT s.number, s.last FROM zk_seal AS s
 WHERE s.log = :log::text
   AND s.number < coalesce((SELECT min(y.number) FROM zk_seal AS y WHERE y.log = :log::text
                               AND y.until >= now() - make_interval(months => :months::integer)),
                           (SELECT max(z.number) + 1 FROM zk_seal AS z WHERE z.log = :log::text))
   AND s.number > coalesce((SELECT max(c.number) FROM zk_cleared AS c WHERE c.log = :log::text), 0)
 ORDER BY s.number DESC LIMIT 1;

-- clear_log
-- Take a sealed period out of a log.
SELECT zhike.clear_log(:workspace::text, :table::text, :upto::bigint);
