-- add_merges
-- Keep merges.
INSERT INTO zk_merge (id, object, survivor, batch, actor, taken, before, after, shares)
SELECT x.id, :object::text, x.survivor, :batch::uuid, :actor::uuid, x.taken, x.before, x.after, x.shares
  FROM json_to_recordset(:merges::json)
    AS x(id uuid, survivor uuid, taken json, before json, after json, shares json);

-- add_parts
-- Keep which records went into which merge; what answered for others until now hands that on.
WITH new AS (
    SELECT * FROM json_to_recordset(:parts::json) AS x(merge uuid, record uuid, survivor uuid)
), led AS (
    UPDATE zk_merge_part p SET survivor = n.survivor FROM new n
     WHERE p.object = :object::text AND p.survivor = n.record AND p.active
)
INSERT INTO zk_merge_part (merge, object, record, survivor)
SELECT merge, :object::text, record, survivor FROM new;

-- add_moves
-- Keep which links were moved, or were not.
INSERT INTO zk_merge_move (merge, object, field, record, was, held, why)
SELECT * FROM json_to_recordset(:moves::json)
    AS x(merge uuid, object text, field text, record uuid, was uuid, held boolean, why text)
    ON CONFLICT DO NOTHING;

-- drop_stale
-- What merges once led to a record that is not there any more, before it comes there anew: it was led elsewhere since.
DELETE FROM zk_merge_move v
 USING json_to_recordset(:places::json) AS x(object text, field text, record uuid, survivor uuid), zk_merge m
 WHERE v.object = x.object AND v.field = x.field AND v.record = x.record AND v.why = ''
   AND m.id = v.merge AND m.survivor = x.survivor AND m.undone_at IS NULL;

-- merges
-- Some merges, locked until the transaction ends.
SELECT id, seq, object, survivor, actor, at, taken, before, after, shares, undone_at, batch
  FROM zk_merge WHERE id = ANY(:ids::uuid[]) ORDER BY id FOR UPDATE;

-- merge
-- One merge, with who made it and who took it back.
SELECT m.id, m.object, m.survivor, m.undone_at IS NOT NULL FROM zk_merge m WHERE m.id = :id::uuid;

-- parts
-- The records that went into some merges.
SELECT merge, record FROM zk_merge_part WHERE merge = ANY(:ids::uuid[]) ORDER BY merge, record;

-- moves
-- The links that some merges moved.
SELECT merge, object, field, record, was, held FROM zk_merge_move
 WHERE merge = ANY(:ids::uuid[]) AND why = '' ORDER BY merge, object, field, record, was;

-- later
-- Merges since, that stand: into which one of the records went on, or which others went into it.
SELECT p.record, p.merge FROM zk_merge_part p
 WHERE p.object = :object::text AND p.record = ANY(:survivors::uuid[]) AND p.active;

-- grown
-- Later merges that stand with the same survivor, in their order.
SELECT id, seq, survivor, before, after FROM zk_merge
 WHERE object = :object::text AND survivor = ANY(:survivors::uuid[]) AND undone_at IS NULL
 ORDER BY seq FOR UPDATE;

-- rewrite
-- What later merges found, now that an earlier one is taken out from under them.
UPDATE zk_merge m SET before = x.before, after = x.after
  FROM json_to_recordset(:merges::json) AS x(id uuid, before json, after json) WHERE m.id = x.id;

-- part
-- Some merges hold no more; whoever answered through their survivors is answered for as before.
WITH RECURSIVE freed AS (
    UPDATE zk_merge_part SET active = false WHERE merge = ANY(:ids::uuid[]) AND active
    RETURNING object, record
), below AS (
    SELECT f.object, f.record, f.record AS head FROM freed f
    UNION
    SELECT p.object, p.record, b.head FROM below b
      JOIN zk_merge m ON m.object = b.object AND m.survivor = b.record AND m.undone_at IS NULL
      JOIN zk_merge_part p ON p.merge = m.id AND p.active
), ended AS (
    UPDATE zk_merge SET undone_at = now(), undone_by = :actor::uuid WHERE id = ANY(:ids::uuid[])
)
UPDATE zk_merge_part p SET survivor = b.head FROM below b
 WHERE p.object = b.object AND p.record = b.record AND p.active AND b.record <> b.head;

-- pass_on
-- Lists that name a survivor because of a merge that goes, and of another one that stays: the name stays,
-- and the one that stays is now the reason. Gives the places that keep the name.
WITH going AS (
    SELECT g.merge, g.object, g.field, g.record, m.survivor, g.held
      FROM zk_merge_move g JOIN zk_merge m ON m.id = g.merge
     WHERE g.merge = ANY(:ids::uuid[]) AND g.why = ''
), staying AS (
    SELECT DISTINCT ON (g.merge, g.object, g.field, g.record) g.merge, g.object, g.field, g.record,
           o.merge AS other, m.seq
      FROM going g
      JOIN zk_merge_move o ON o.object = g.object AND o.field = g.field AND o.record = g.record
                          AND o.why = '' AND o.merge <> g.merge
      JOIN zk_merge m ON m.id = o.merge AND m.survivor = g.survivor AND m.undone_at IS NULL
     WHERE NOT g.held
     ORDER BY g.merge, g.object, g.field, g.record, m.seq
), told AS (
    UPDATE zk_merge_move o SET held = false FROM staying s
     WHERE o.merge = s.other AND o.object = s.object AND o.field = s.field AND o.record = s.record
)
SELECT merge, object, field, record, seq FROM staying;

-- trails
-- To what merges that stand have led the links of some records.
SELECT v.record, v.field, v.was, m.survivor, v.held FROM zk_merge_move v JOIN zk_merge m ON m.id = v.merge
 WHERE v.object = :object::text AND v.record = ANY(:records::uuid[]) AND v.why = '' AND m.undone_at IS NULL;

-- drop_moves
-- Links that are there no more; of a list that names the survivor because of another one, too, that one is the reason.
WITH gone AS (
    DELETE FROM zk_merge_move v
     USING json_to_recordset(:places::json) AS x(object text, field text, record uuid, was uuid), zk_merge m
     WHERE v.object = x.object AND v.field = x.field AND v.record = x.record AND v.was = x.was AND v.why = ''
       AND m.id = v.merge AND m.undone_at IS NULL
    RETURNING v.object, v.field, v.record, v.was, v.held, m.survivor
), heirs AS (
    SELECT DISTINCT ON (g.object, g.field, g.record, g.survivor) o.merge, o.object, o.field, o.record, o.was
      FROM gone g
      JOIN zk_merge_move o ON o.object = g.object AND o.field = g.field AND o.record = g.record AND o.why = ''
      JOIN zk_merge m ON m.id = o.merge AND m.survivor = g.survivor AND m.undone_at IS NULL
     WHERE NOT g.held AND NOT EXISTS (SELECT FROM gone n WHERE (n.object, n.field, n.record, n.was)
                                                             = (o.object, o.field, o.record, o.was))
     ORDER BY g.object, g.field, g.record, g.survivor, m.seq
)
UPDATE zk_merge_move v SET held = false FROM heirs h
 WHERE (v.merge, v.object, v.field, v.record, v.was) = (h.merge, h.object, h.field, h.record, h.was);

-- own
-- Lists that would name a record by themselves, and do so already because of some merge: it stays when that goes.
UPDATE zk_merge_move v SET held = true
  FROM json_to_recordset(:places::json) AS x(object text, field text, record uuid, held uuid), zk_merge m
 WHERE v.object = x.object AND v.field = x.field AND v.record = x.record AND v.why = ''
   AND m.id = v.merge AND m.survivor = x.held AND m.undone_at IS NULL;

-- disown
-- Lists that name a record by themselves no more, but still because of some merge: the first of those is the reason.
UPDATE zk_merge_move v SET held = false FROM (
    SELECT DISTINCT ON (v.object, v.field, v.record, m.survivor) v.merge, v.object, v.field, v.record, v.was
      FROM json_to_recordset(:places::json) AS x(object text, field text, record uuid, held uuid)
      JOIN zk_merge_move v ON v.object = x.object AND v.field = x.field AND v.record = x.record AND v.why = ''
      JOIN zk_merge m ON m.id = v.merge AND m.survivor = x.held AND m.undone_at IS NULL
     ORDER BY v.object, v.field, v.record, m.survivor, m.seq
) AS h
 WHERE (v.merge, v.object, v.field, v.record, v.was) = (h.merge, h.object, h.field, h.record, h.was);

-- chain
-- Into what merged records went, step by step: the record, the merge, and the survivor of that merge.
WITH RECURSIVE steps AS (
    SELECT p.object, p.record, p.merge, m.survivor
      FROM json_to_recordset(:places::json) AS x(object text, record uuid)
      JOIN zk_merge_part p ON p.object = x.object AND p.record = x.record AND p.active
      JOIN zk_merge m ON m.id = p.merge
    UNION
    SELECT p.object, p.record, p.merge, m.survivor FROM steps s
      JOIN zk_merge_part p ON p.object = s.object AND p.record = s.survivor AND p.active
      JOIN zk_merge m ON m.id = p.merge
)
SELECT object, record, merge, survivor FROM steps;

-- add_batch
-- Keep that the clusters of a run shall be merged.
INSERT INTO zk_merge_batch (object, run, min_score, actor)
VALUES (:object::text, :run::uuid, :min_score::double precision, :actor::uuid) RETURNING id;

-- mergeable
-- The clusters without a pair below the score, and without two records that somebody keeps apart.
SELECT c.number, array_agg(c.record ORDER BY c.record) AS records
  FROM zk_identity_cluster c
 WHERE c.run = :run::uuid
   AND c.number NOT IN (SELECT l.number FROM zk_identity_pair p
                          JOIN zk_identity_cluster l ON l.run = p.run AND l.record = p.a
                         WHERE p.run = :run::uuid AND p.joined AND p.score < :min_score::double precision)
   AND c.number NOT IN (SELECT a.number FROM zk_identity_decision d
                          JOIN zk_identity_cluster a ON a.run = :run::uuid AND a.record = d.a
                          JOIN zk_identity_cluster b ON b.run = a.run AND b.number = a.number AND b.record = d.b
                         WHERE d.object = :object::text AND d.decision = 'different')
 GROUP BY c.number HAVING count(*) > 1;

-- lock_run
-- Merges of one run begin one after the other.
SELECT pg_advisory_xact_lock(hashtextextended('merges ' || :run::uuid, 0));

-- batches
-- One batch, or those of a run, the last first.
SELECT id, object, run, min_score, state, actor, stopped, created_at, started_at, ended_at
  FROM zk_merge_batch
 WHERE (:id::uuid IS NULL OR id = :id::uuid) AND (:run::uuid IS NULL OR run = :run::uuid) ORDER BY id DESC LIMIT 1;

-- outcomes
-- What became of the clusters so far.
SELECT outcome, count(*) FROM zk_merge_batch_item WHERE batch = :id::uuid GROUP BY outcome;

-- begin_batch
-- It runs, or runs on.
UPDATE zk_merge_batch SET state = :state::text, started_at = coalesce(started_at, now()), ended_at = NULL,
       stopped = NULL, actor = coalesce(:actor::uuid, actor)
 WHERE id = :id::uuid AND state = ANY(:from::text[]) RETURNING id;

-- lock_batch
-- Two processes that run the same one take turns.
SELECT state FROM zk_merge_batch WHERE id = :id::uuid FOR UPDATE;

-- end_batch
-- It came to an end, good or bad.
UPDATE zk_merge_batch SET state = :state::text, stopped = :stopped::json, ended_at = now() WHERE id = :id::uuid;

-- items
-- The next clusters with an outcome.
SELECT position, records, merge FROM zk_merge_batch_item
 WHERE batch = :id::uuid AND outcome = :outcome::text ORDER BY position LIMIT :limit::int;

-- set_outcomes
-- What became of some clusters.
UPDATE zk_merge_batch_item i SET outcome = x.outcome, why = x.why, merge = coalesce(x.merge, i.merge)
  FROM json_to_recordset(:items::json) AS x(position integer, outcome text, why text, merge uuid)
 WHERE i.batch = :id::uuid AND i.position = x.position;

-- exceptions
-- The clusters that were not merged, or not parted.
SELECT position, records, outcome, why FROM zk_merge_batch_item
 WHERE batch = :id::uuid AND outcome IN ('refused', 'kept') AND position > :after::int
 ORDER BY position LIMIT :limit::int;
