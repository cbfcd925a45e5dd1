-- shares
-- With whom something is shared, as far as it still holds; or who works on it together.
SELECT s.id, s.grantee, s.level, s.until, s.reason, s.created_at, c.id, c.name, coalesce(u.name, d.name), u.active
  FROM zk_share s
  LEFT JOIN zk_user u ON u.id = CASE WHEN s.grantee LIKE 'user:%' THEN split_part(s.grantee, ':', 2)::uuid END
  LEFT JOIN zk_department d
         ON d.id = CASE WHEN s.grantee LIKE 'department:%' THEN split_part(s.grantee, ':', 2)::uuid END
  LEFT JOIN zk_user c ON c.id = s.created_by
 WHERE s.object = :object::text AND s.record = :record::uuid AND s.team = :team::boolean
   AND (s.until IS NULL OR s.until > now()) AND (:id::uuid IS NULL OR s.id = :id::uuid)
   AND (:grantee::text IS NULL OR s.grantee = :grantee::text)
 ORDER BY s.created_at, s.id;

-- grantee_user
-- A person to share with.
SELECT name, active FROM zk_user WHERE id = :id::uuid AND deleted_at IS NULL;

-- grantee_department
-- A department to share with.
SELECT name, active FROM zk_department WHERE id = :id::uuid AND deleted_at IS NULL;

-- share_view
-- Share a view, or share it differently.
INSERT INTO zk_share AS s (object, record, grantee, level, until, reason, created_by)
VALUES ('view', :record::uuid, :grantee::text, :level::text, :until::timestamptz, :reason::text, :by::uuid)
ON CONFLICT (object, record, grantee, team) DO UPDATE
   SET level = EXCLUDED.level, until = EXCLUDED.until, reason = EXCLUDED.reason
RETURNING id;

-- drop_share
-- Stop sharing.
DELETE FROM zk_share
 WHERE id = :id::uuid AND object = :object::text AND record = :record::uuid AND team = :team::boolean
RETURNING grantee, level, until, reason;

-- tell_shared
-- That something is shared no more belongs to the history of the record.
INSERT INTO zk_event (actor, source, cause, object, record, kind, old)
VALUES (:actor::uuid, :source::text, :cause::text, :object::text, :record::uuid, 'unshared', :old::jsonb);

-- lapsed
-- Forget shares that are over, and tell the history of their records.
WITH gone AS (
    DELETE FROM zk_share WHERE until <= now()
    RETURNING object, record, grantee, level, until, team
), told AS (
    INSERT INTO zk_event (source, cause, object, record, kind, old)
    SELECT 'system', 'expired', object, record, 'unshared', jsonb_build_object('zk_share',
           jsonb_build_object('grantee', grantee, 'level', level, 'until', until, 'team', team))
      FROM gone WHERE object <> 'view'
)
SELECT count(*) FROM gone;

-- views_gone
-- Forget shares of views that are there no more.
DELETE FROM zk_share s WHERE s.object = 'view' AND NOT EXISTS (SELECT FROM zk_view v WHERE v.id = s.record);

-- follow
-- Records were made one: their shares go to the one that is left, at the better of both levels.
WITH pairs AS (
    SELECT * FROM unnest(:gone::uuid[], :kept::uuid[]) AS p(gone, kept)
), taken AS (
    DELETE FROM zk_share s USING pairs p WHERE s.object = :object::text AND s.record = p.gone
    RETURNING p.kept, s.grantee, s.level, s.team, s.until, s.reason, s.created_by
)
INSERT INTO zk_share AS s (object, record, grantee, level, team, until, reason, created_by)
SELECT DISTINCT ON (kept, grantee, team) :object::text, kept, grantee, level, team, until, reason, created_by
  FROM taken ORDER BY kept, grantee, team, level DESC, until DESC NULLS FIRST
ON CONFLICT (object, record, grantee, team) DO UPDATE
   SET level = greatest(s.level, EXCLUDED.level),
       until = CASE WHEN s.until IS NOT NULL AND EXCLUDED.until IS NOT NULL
                    THEN greatest(s.until, EXCLUDED.until) END;

-- held
-- What is shared of some records, moments in one zone so that they can be compared.
SELECT record, grantee, team, json_build_object('level', level, 'until', (until AT TIME ZONE 'UTC')::text || '+00',
       'reason', reason, 'by', created_by, 'at', (created_at AT TIME ZONE 'UTC')::text || '+00')
  FROM zk_share WHERE object = :object::text AND record = ANY(:records::uuid[]) ORDER BY created_at, id;

-- put
-- Share as is said; what is over by now is not worth it.
INSERT INTO zk_share AS s (object, record, grantee, level, team, until, reason, created_by, created_at)
SELECT :object::text, x.record, x.grantee, x.level, x.team, x.until, x.reason, x.by, coalesce(x.at, now())
  FROM json_to_recordset(:shares::json) AS x(record uuid, grantee text, team boolean, level text, until timestamptz,
                                             reason text, by uuid, at timestamptz)
 WHERE x.until IS NULL OR x.until > now()
    ON CONFLICT (object, record, grantee, team) DO UPDATE
   SET level = EXCLUDED.level, until = EXCLUDED.until, reason = EXCLUDED.reason,
       created_by = EXCLUDED.created_by, created_at = EXCLUDED.created_at;

-- cut
-- Share no more.
DELETE FROM zk_share s USING json_to_recordset(:shares::json) AS x(record uuid, grantee text, team boolean)
 WHERE s.object = :object::text AND s.record = x.record AND s.grantee = x.grantee AND s.team = x.team;
