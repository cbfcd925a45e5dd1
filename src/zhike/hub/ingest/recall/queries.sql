-- remember
-- The last mapping of a shape stands.
INSERT INTO zk_import_shape (object, shape, actor, plan)
VALUES (:object::text, :shape::text, :actor::uuid, :plan::json)
    ON CONFLICT (object, shape, actor) DO UPDATE SET plan = EXCLUDED.plan, used_at = now();

-- recall
-- One's own mapping of a shape, else the last one of anybody.
SELECT plan, actor IS NOT DISTINCT FROM :actor::uuid FROM zk_import_shape
 WHERE object = :object::text AND shape = :shape::text
 ORDER BY actor IS NOT DISTINCT FROM :actor::uuid DESC, used_at DESC LIMIT 1;
