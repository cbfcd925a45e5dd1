-- add_run
-- Ask for a run.
INSERT INTO zk_identity_run (object, threshold, actor, incremental)
VALUES (:object::text, :threshold::double precision, :actor::uuid, :incremental::boolean) RETURNING id;

-- run
-- One run with everything the books say of it.
SELECT id, object, state, threshold, step, records, pairs, clusters, model, fault, actor,
       created_at, started_at, ended_at, incremental, base
  FROM zk_identity_run WHERE id = :id::uuid;

-- runs
-- The runs of an object, newest first, from one on.
SELECT id, object, state, threshold, step, records, pairs, clusters, model, fault, actor,
       created_at, started_at, ended_at, incremental, base
  FROM zk_identity_run
 WHERE object = :object::text AND (:before::uuid IS NULL OR id < :before::uuid)
 ORDER BY id DESC LIMIT :limit::integer;

-- last_run
-- The latest run of an object that came to its end.
SELECT id FROM zk_identity_run WHERE object = :object::text AND state = 'done' ORDER BY id DESC LIMIT 1;

-- follow
-- It follows another run.
UPDATE zk_identity_run SET base = :base::uuid WHERE id = :id::uuid;

-- known_pairs
-- What a run found.
SELECT a, b, levels FROM zk_identity_pair WHERE run = :id::uuid;

-- begin_run
-- Run it; whatever an interrupted try left is cleared away.
UPDATE zk_identity_run SET state = 'running', step = 'reading', started_at = now(), pairs = 0, clusters = 0
 WHERE id = :id::uuid AND state IN ('waiting', 'running') RETURNING object;

-- clear_pairs
-- Before the pairs of a run are kept.
DELETE FROM zk_identity_pair WHERE run = :id::uuid;

-- clear_clusters
-- Before the clusters of a run are kept.
DELETE FROM zk_identity_cluster WHERE run = :id::uuid;

-- next_number
-- From where on clusters of a run may be numbered.
SELECT coalesce(max(number) + 1, 0) FROM zk_identity_cluster WHERE run = :id::uuid;

-- advance_run
-- Say what is being done.
UPDATE zk_identity_run SET step = :step::text, records = :records::bigint WHERE id = :id::uuid;

-- end_run
-- It came to its end.
UPDATE zk_identity_run SET state = 'done', step = '', pairs = :pairs::bigint, model = :model::json, ended_at = now(),
       clusters = (SELECT count(DISTINCT number) FROM zk_identity_cluster WHERE run = :id::uuid)
 WHERE id = :id::uuid;

-- forget_weights
-- Before new weights are kept.
DELETE FROM zk_match_weight WHERE object = :object::text;

-- keep_weights
-- What a run learnt; the gate judges by it.
INSERT INTO zk_match_weight (object, comparison, level, m, u, run)
SELECT :object::text, x.comparison, x.level, x.m, x.u, :run::uuid
  FROM json_to_recordset(:weights::json) AS x(comparison text, level smallint, m double precision, u double precision);

-- fail_run
-- It cannot be done.
UPDATE zk_identity_run SET state = 'failed', fault = :fault::json, ended_at = now() WHERE id = :id::uuid;

-- decisions
-- What people said of the pairs of an object.
SELECT a, b, decision FROM zk_identity_decision WHERE object = :object::text;

-- decide
-- What a person says of two records; the last word counts.
INSERT INTO zk_identity_decision (object, a, b, decision, actor)
VALUES (:object::text, :a::uuid, :b::uuid, :decision::text, :actor::uuid)
ON CONFLICT (object, a, b) DO UPDATE SET decision = excluded.decision, actor = excluded.actor, at = now();

-- pair
-- One pair with the object of its run.
SELECT p.id, r.object, p.a, p.b FROM zk_identity_pair p JOIN zk_identity_run r ON r.id = p.run
 WHERE p.id = :id::uuid;
