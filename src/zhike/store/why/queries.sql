-- everybody
-- All people with what they may be granted by; those who left are told apart, because others report to them.
SELECT u.id, u.name, u.language, u.zone,
       u.active AND (u.left_on IS NULL OR u.left_on >= current_date) AS working, u.manager,
       ARRAY(SELECT role FROM zk_user_role r WHERE r."user" = u.id),
       ARRAY(SELECT m.department FROM zk_user_department m JOIN zk_department d ON d.id = m.department
              WHERE m."user" = u.id AND d.deleted_at IS NULL ORDER BY m.main DESC, m.department),
       (SELECT jsonb_object_agg(g.object, g.body ORDER BY g.object)::text FROM zk_personal_grant g
         WHERE g."user" = u.id AND (g.until IS NULL OR g.until > now()))
  FROM zk_user u WHERE u.deleted_at IS NULL ORDER BY u.name, u.id;

-- all_departments
-- The tree of departments as pairs of a department and what stands over it.
SELECT id, parent FROM zk_department WHERE deleted_at IS NULL;
