-- views
-- The views somebody owns or is shown by shares that still hold, with what they may do with each.
SELECT v.id, v.owner, u.name, v.object, v.label, v.body, v.created_at, v.updated_at, v.version,
       CASE WHEN v.owner = :me::uuid THEN 'own' ELSE s.level END AS level
  FROM zk_view v JOIN zk_user u ON u.id = v.owner
  LEFT JOIN LATERAL (SELECT max(level) AS level FROM zk_share s
                      WHERE s.object = 'view' AND s.record = v.id AND s.grantee = ANY(:grantees::text[])
                        AND (s.until IS NULL OR s.until > now())) AS s ON true
 WHERE (v.owner = :me::uuid OR s.level IS NOT NULL)
   AND (v.owner = :me::uuid OR v.id IN (SELECT record FROM zk_share WHERE object = 'view'
                                           AND grantee = ANY(:grantees::text[])))
   AND (:id::uuid IS NULL OR v.id = :id::uuid) AND (:object::text IS NULL OR v.object = :object::text)
 ORDER BY v.owner = :me::uuid DESC, v.label, v.id;

-- add_view
-- Keep a view.
INSERT INTO zk_view (owner, object, label, body)
SELECT :owner::uuid, :object::text, :label::text, :body::json
 WHERE (SELECT count(*) FROM zk_view WHERE owner = :owner::uuid) < :most::int RETURNING id;

-- set_view
-- Write a view anew.
UPDATE zk_view SET label = :label::text, body = :body::json, updated_at = now(), version = version + 1
 WHERE id = :id::uuid;

-- drop_view
-- Forget a view, and with whom it was shared.
WITH gone AS (DELETE FROM zk_view WHERE id = :id::uuid RETURNING id)
DELETE FROM zk_share WHERE object = 'view' AND record IN (SELECT id FROM gone);
