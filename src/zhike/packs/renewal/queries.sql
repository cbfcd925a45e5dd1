-- known
-- By which version of its rules each hidden column is derived.
SELECT what, version FROM zk_derived;

-- alone
-- One process at a time looks whether there are other rules by now.
LOCK TABLE zk_derived IN EXCLUSIVE MODE;

-- note_versions
-- By these versions they are derived from now on.
INSERT INTO zk_derived SELECT key, value::integer FROM json_each_text(:versions::json)
ON CONFLICT (what) DO UPDATE SET version = excluded.version;

-- make_stale
-- These columns of these tables are to be derived anew, from the first record on.
INSERT INTO zk_stale ("table", what) SELECT t, w FROM unnest(:tables::text[]) AS t, unnest(:columns::text[]) AS w
ON CONFLICT ("table", what) DO UPDATE SET after = NULL;

-- made_fresh
-- Somebody derived a column for all records of a table, or the table is not in use.
DELETE FROM zk_stale WHERE "table" = :table::text AND what = ANY(:columns::text[]);

-- stale
-- What is to be derived anew: tables, the columns that came equally far, and how far.
SELECT "table", array_agg(what ORDER BY what), after FROM zk_stale
 GROUP BY "table", after ORDER BY "table", after NULLS FIRST;

-- came_to
-- So far some columns of a table are derived anew.
UPDATE zk_stale SET after = :after::uuid WHERE "table" = :table::text AND what = ANY(:columns::text[]);

-- ask_renewal
-- Have a renewal done, or the one that is under way count anew what there is to do.
INSERT INTO zk_renewal DEFAULT VALUES
ON CONFLICT ((true)) WHERE state <> 'done'
DO UPDATE SET total = NULL, stopped = NULL, ended_at = NULL,
              state = CASE zk_renewal.state WHEN 'failed' THEN 'waiting' ELSE zk_renewal.state END
RETURNING id;

-- begin_renewal
-- It runs, or runs on.
UPDATE zk_renewal SET state = 'running', started_at = coalesce(started_at, now())
 WHERE id = :id::uuid AND state IN ('waiting', 'running') RETURNING id;

-- hold_renewal
-- One process at a time does a chunk.
SELECT state, total, created_at FROM zk_renewal WHERE id = :id::uuid FOR UPDATE;

-- count_renewal
-- So many records are left to do.
UPDATE zk_renewal SET total = done + :left::bigint WHERE id = :id::uuid;

-- advance_renewal
-- So many more are done.
UPDATE zk_renewal SET done = done + :more::bigint WHERE id = :id::uuid;

-- end_renewal
-- How it ended.
UPDATE zk_renewal SET state = :state::text, stopped = :stopped::json, met = :met::bigint, ended_at = now()
 WHERE id = :id::uuid;

-- renewal
-- One renewal, or the last one; with what it has still to do, and whom it let in until somebody looked for duplicates.
SELECT id, state, total, done, stopped::text, created_at, started_at, ended_at,
       CASE WHEN state = 'done' THEN '{}' ELSE ARRAY(SELECT DISTINCT what FROM zk_stale ORDER BY what) END,
       CASE WHEN EXISTS (SELECT FROM zk_identity_run AS r WHERE r.state = 'done' AND r.started_at > z.ended_at) THEN 0
            ELSE coalesce(met, 0) END
  FROM zk_renewal AS z WHERE :id::uuid IS NULL OR id = :id::uuid ORDER BY id DESC LIMIT 1;
