-- users
-- A page of people in order of name. A mobile number or e-mail is searched only for those who may see it.
SELECT u.id, u.name, u.number, u.department, u.active, u.login, u.mobile, u.email, u.manager, u.language,
       u.created_at, u.updated_at, u.version,
       ARRAY(SELECT role FROM zk_user_role r WHERE r."user" = u.id ORDER BY role) AS roles,
       (SELECT coalesce(json_agg(json_build_object('id', d.id, 'name', d.name, 'main', m.main)
                                 ORDER BY m.main DESC, d.name), '[]')
          FROM zk_user_department m JOIN zk_department d ON d.id = m.department
         WHERE m."user" = u.id) AS departments
  FROM zk_user u
 WHERE u.deleted_at IS NULL
   AND (:id::uuid IS NULL OR u.id = :id::uuid)
   AND (:active::boolean IS NULL OR u.active = :active::boolean)
   AND (:department::uuid IS NULL OR EXISTS (SELECT FROM zk_user_department m
                                              WHERE m."user" = u.id AND m.department = :department::uuid))
   AND (:search::text IS NULL OR position(lower(:search::text) IN lower(
        CASE WHEN :full::boolean THEN concat_ws(' ', u.name, u.number, u.login, u.mobile, u.email)
             ELSE concat_ws(' ', u.name, u.number) END)) > 0)
   AND (:name::text IS NULL OR (u.name, u.id) > (:name::text, :after::uuid))
 ORDER BY u.name, u.id LIMIT :limit::int;

-- taken_login
-- Another person with the same login.
SELECT id FROM zk_user WHERE lower(login) = lower(:login::text) AND id IS DISTINCT FROM :but::uuid;

-- add_account
-- The part of a person that signs in.
INSERT INTO zhike.account (workspace, login, password) VALUES (:workspace::text, :login::text, :password::text)
RETURNING id;

-- add_user
-- The part of a person that records know.
INSERT INTO zk_user (id, login, name, number, mobile, email, manager, language, active)
VALUES (:id::uuid, :login::text, :name::text, :number::text, :mobile::text, :email::text, :manager::uuid,
        :language::text, :active::boolean);

-- set_user
-- Write all of a person's own fields.
UPDATE zk_user SET login = :login::text, name = :name::text, number = :number::text, mobile = :mobile::text,
       email = :email::text, manager = :manager::uuid, language = :language::text, active = :active::boolean,
       updated_at = now(), version = version + 1
 WHERE id = :id::uuid;

-- set_login
-- The login is kept twice, so that a user can be found without a look into the system schema.
UPDATE zhike.account SET login = :login::text WHERE id = :id::uuid;

-- set_password
-- A new password.
UPDATE zhike.account SET password = :password::text WHERE id = :id::uuid;

-- drop_roles
-- Before writing the roles of a person anew.
DELETE FROM zk_user_role WHERE "user" = :id::uuid;

-- add_roles
-- The roles of a person.
INSERT INTO zk_user_role ("user", role) SELECT :id::uuid, unnest(:roles::text[]);

-- drop_departments
-- Before writing the departments of a person anew.
DELETE FROM zk_user_department WHERE "user" = :id::uuid;

-- add_departments
-- The departments of a person.
INSERT INTO zk_user_department ("user", department, main)
SELECT :id::uuid, * FROM unnest(:departments::uuid[], :main::boolean[]);

-- set_main
-- The main department stands in the person too, for expressions.
UPDATE zk_user SET department = (SELECT department FROM zk_user_department WHERE "user" = :id::uuid AND main)
 WHERE id = :id::uuid;

-- holders
-- Active people who hold a role and can sign in.
SELECT u.id FROM zk_user u JOIN zk_user_role r ON r."user" = u.id
 WHERE u.active AND u.deleted_at IS NULL AND r.role = :role::text;

-- chain_of_managers
-- Everybody above a person.
WITH RECURSIVE up AS (
    SELECT id, manager FROM zk_user WHERE id = :id::uuid
    UNION SELECT u.id, u.manager FROM zk_user u JOIN up ON u.id = up.manager
)
SELECT id FROM up;

-- known_users
-- Which of these ids are people.
SELECT id FROM zk_user WHERE id = ANY(:ids::uuid[]) AND deleted_at IS NULL;

-- known_departments
-- Which of these ids are departments.
SELECT id FROM zk_department WHERE id = ANY(:ids::uuid[]) AND deleted_at IS NULL;

-- departments
-- The tree from its roots down, each department right after its parent's earlier ones.
WITH RECURSIVE tree AS (
    SELECT d.*, ARRAY[d.name, d.id::text] AS path, 0 AS depth
      FROM zk_department d WHERE d.parent IS NULL AND d.deleted_at IS NULL
    UNION ALL
    SELECT d.*, t.path || d.name || d.id::text, t.depth + 1
      FROM zk_department d JOIN tree t ON d.parent = t.id WHERE d.deleted_at IS NULL
)
SELECT id, name, parent, head, active, depth, created_at, updated_at, version
  FROM tree WHERE :id::uuid IS NULL OR id = :id::uuid ORDER BY path;

-- chain_of_departments
-- A department and everything above it.
WITH RECURSIVE up AS (
    SELECT id, parent FROM zk_department WHERE id = :id::uuid
    UNION SELECT d.id, d.parent FROM zk_department d JOIN up ON d.id = up.parent
)
SELECT id FROM up;

-- add_department
-- A new department.
INSERT INTO zk_department (name, parent, head, active)
VALUES (:name::text, :parent::uuid, :head::uuid, :active::boolean) RETURNING id;

-- set_department
-- Write all of a department's own fields.
UPDATE zk_department SET name = :name::text, parent = :parent::uuid, head = :head::uuid,
       active = :active::boolean, updated_at = now(), version = version + 1
 WHERE id = :id::uuid;

-- department_uses
-- What of the platform stands in the way of removing a department.
SELECT (SELECT count(*) FROM zk_department WHERE parent = :id::uuid AND deleted_at IS NULL),
       (SELECT count(*) FROM zk_user_department WHERE department = :id::uuid);

-- drop_department
-- Out of the tree. The line itself stays, because history names it.
UPDATE zk_department SET deleted_at = now(), active = false, updated_at = now() WHERE id = :id::uuid;

-- has_people
-- Whether anybody is there at all.
SELECT EXISTS (SELECT FROM zk_user);

-- login_id
-- A person by login, disabled ones too.
SELECT id FROM zk_user WHERE lower(login) = lower(:login::text) AND deleted_at IS NULL;
