-- remember
-- What the directory says of a person beyond what the platform wants to know.
INSERT INTO zk_directory_person ("user", external, family, given, removed_at)
VALUES (:id::uuid, :external::text, :family::text, :given::text, CASE WHEN :removed::boolean THEN now() END)
ON CONFLICT ("user") DO UPDATE SET external = excluded.external, family = excluded.family, given = excluded.given,
    removed_at = excluded.removed_at;

-- removed
-- Whom the directory once knew by this login and then removed.
SELECT u.id FROM zk_user u JOIN zk_directory_person d ON d."user" = u.id
 WHERE lower(u.login) = lower(:login::text) AND d.removed_at IS NOT NULL AND NOT u.active AND u.deleted_at IS NULL;

-- external_taken
-- Another person whom the directory knows by this id. One it removed does not stand in the way.
SELECT "user" FROM zk_directory_person WHERE external = :external::text AND "user" IS DISTINCT FROM :but::uuid;

-- departments_named
-- The departments of this name or code.
SELECT id FROM zk_department
 WHERE deleted_at IS NULL AND active AND (name = :name::text OR lower(code) = lower(:name::text));

-- members
-- Who holds which of these roles.
SELECT r.role, u.id, u.name FROM zk_user_role r JOIN zk_user u ON u.id = r."user"
  LEFT JOIN zk_directory_person d ON d."user" = u.id
 WHERE r.role = ANY(:roles::text[]) AND u.deleted_at IS NULL AND (u.active OR d.removed_at IS NULL)
 ORDER BY u.id;

-- roles_held
-- The roles of some people, each with all of them.
SELECT u.id, ARRAY(SELECT role FROM zk_user_role r WHERE r."user" = u.id ORDER BY role)
  FROM zk_user u WHERE u.id = ANY(:ids::uuid[]) AND u.deleted_at IS NULL;
