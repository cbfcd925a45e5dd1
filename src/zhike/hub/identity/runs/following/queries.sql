-- standing
-- The rules of the sums that a run left.
SELECT rules FROM zk_identity_index WHERE object = :object::text AND run = :run::uuid;

-- forget_index
-- Before the sums of an object are kept anew.
DELETE FROM zk_identity_index WHERE object = :object::text;

-- forget_sums
-- Before the sums of an object are kept anew.
DELETE FROM zk_identity_block WHERE object = :object::text;

-- keep_index
-- The sums of an object stand as a run left them.
INSERT INTO zk_identity_index (object, run, rules) VALUES (:object::text, :run::uuid, :rules::json)
ON CONFLICT (object) DO UPDATE SET run = excluded.run, rules = excluded.rules;

-- forget_some
-- Of records that changed or are gone.
DELETE FROM zk_identity_block WHERE object = :object::text AND record = ANY(:records::uuid[]);

-- candidates
-- Who shares a sum with some record that changed. Each sum is looked up by itself: asked for all of them at once, the
-- planner expects half of the base and compares every record with every sum.
SELECT DISTINCT b.record FROM unnest(:sums::integer[]) AS s (sum)
  JOIN zk_identity_block AS b ON b.object = :object::text AND b.sums @> ARRAY[s.sum];

-- decided_since
-- Of whom people said something since a run began.
SELECT unnest(ARRAY[a, b]) FROM zk_identity_decision WHERE object = :object::text AND at >= :since::timestamptz;

-- joined_with
-- Everybody whom sure pairs of a run, or what people said, lead to from some records.
WITH RECURSIVE edge AS MATERIALIZED (
    SELECT a, b FROM zk_identity_pair WHERE run = :run::uuid AND score >= :threshold::double precision
    UNION ALL
    SELECT b, a FROM zk_identity_pair WHERE run = :run::uuid AND score >= :threshold::double precision
    UNION ALL
    SELECT a, b FROM zk_identity_decision WHERE object = :object::text AND decision = 'same'
    UNION ALL
    SELECT b, a FROM zk_identity_decision WHERE object = :object::text AND decision = 'same'
), found AS (
    SELECT unnest(:records::uuid[]) AS record
    UNION
    SELECT e.b FROM found AS f JOIN edge AS e ON e.a = f.record
)
SELECT record FROM found;

-- pairs_within
-- What a run found between some records of which nothing has changed since.
SELECT a, b, levels FROM zk_identity_pair
 WHERE run = :run::uuid AND a = ANY(:records::uuid[]) AND b = ANY(:records::uuid[])
   AND NOT a = ANY(:changed::uuid[]) AND NOT b = ANY(:changed::uuid[]);

-- take_pairs
-- Pairs of a run that have nothing to do with what changed since.
INSERT INTO zk_identity_pair (run, a, b, score, levels, joined)
SELECT :id::uuid, p.a, p.b, p.score, p.levels, p.joined FROM zk_identity_pair AS p
  LEFT JOIN unnest(:records::uuid[]) AS x(record) ON x.record = p.a
  LEFT JOIN unnest(:records::uuid[]) AS y(record) ON y.record = p.b
  LEFT JOIN unnest(:changed::uuid[]) AS g(record) ON g.record = p.a OR g.record = p.b
 WHERE p.run = :run::uuid AND g.record IS NULL AND (x.record IS NULL OR y.record IS NULL);

-- take_clusters
-- Clusters of a run that have nothing to do with what changed since.
INSERT INTO zk_identity_cluster (run, number, record)
SELECT :id::uuid, c.number, c.record FROM zk_identity_cluster AS c
 WHERE c.run = :run::uuid AND NOT EXISTS (
       SELECT FROM zk_identity_cluster AS o JOIN unnest(:records::uuid[]) AS x(record) ON x.record = o.record
        WHERE o.run = c.run AND o.number = c.number);
