-- users
-- A page of people in order of name. A mobile number or e-mail is searched only for those who may see it.
WITH RECURSIVE places AS (
    SELECT :department::uuid AS id
    UNION
    SELECT d.id FROM zk_department d JOIN places p ON d.parent = p.id WHERE :below::boolean AND d.deleted_at IS NULL
), person AS (
    SELECT u.*, u.name || coalesce('(' || u.number || ')', '') AS label,
           u.active AND (u.left_on IS NULL OR u.left_on >= current_date) AS here,
           coalesce(u.absent_from <= now() AND (u.absent_until IS NULL OR u.absent_until > now()), false) AS absent
      FROM zk_user u WHERE u.deleted_at IS NULL
)
SELECT u.id, u.name, u.number, u.label, u.department, u.here AS active, u.here AND NOT u.absent AS present,
       u.login, u.mobile, u.email, u.manager, u.language, u.zone, u.joined_on, u.left_on, a.must_change,
       u.created_at, u.updated_at, u.version,
       CASE WHEN u.absent_from IS NOT NULL THEN json_build_object(
            'from', u.absent_from, 'until', u.absent_until, 'reason', u.absent_reason, 'deputy', u.deputy)::text
       END AS absence,
       ARRAY(SELECT role FROM zk_user_role r WHERE r."user" = u.id ORDER BY role) AS roles,
       (SELECT coalesce(json_agg(json_build_object('id', d.id, 'name', d.name, 'main', m.main)
                                 ORDER BY m.main DESC, d.name), '[]')
          FROM zk_user_department m JOIN zk_department d ON d.id = m.department
         WHERE m."user" = u.id)::text AS departments
  FROM person u JOIN zhike.account a ON a.id = u.id
 WHERE (:id::uuid IS NULL OR u.id = :id::uuid)
   AND (:active::boolean IS NULL OR u.here = :active::boolean)
   AND (:absent::boolean IS NULL OR (u.here AND u.absent) = :absent::boolean)
   AND (:manager::uuid IS NULL OR u.manager = :manager::uuid)
   AND (:role::text IS NULL OR EXISTS (SELECT FROM zk_user_role r WHERE r."user" = u.id AND r.role = :role::text))
   AND (:department::uuid IS NULL OR EXISTS (SELECT FROM zk_user_department m JOIN places p ON p.id = m.department
                                              WHERE m."user" = u.id))
   AND (:search::text IS NULL OR position(lower(:search::text) IN lower(
        CASE WHEN :full::boolean THEN concat_ws(' ', u.label, u.search, u.login, u.mobile, u.email)
             ELSE concat_ws(' ', u.label, u.search) END)) > 0)
   AND (:name::text IS NULL OR (u.name, u.id) > (:name::text, :after::uuid))
 ORDER BY u.name, u.id LIMIT :limit::int;

-- taken
-- Whether another person has the same login, or the same number.
SELECT EXISTS (SELECT FROM zk_user WHERE lower(login) = lower(:login::text) AND id IS DISTINCT FROM :but::uuid),
       EXISTS (SELECT FROM zk_user WHERE number = :number::text AND deleted_at IS NULL AND id IS DISTINCT FROM :but::uuid);

-- add_account
-- The part of a person that signs in.
INSERT INTO zhike.account (workspace, login) VALUES (:workspace::text, :login::text)
RETURNING id;

-- add_user
-- The part of a person that records know.
INSERT INTO zk_user (id, login, name, number, mobile, email, manager, language, zone, joined_on, left_on, active,
                     absent_from, absent_until, absent_reason, deputy, search)
VALUES (:id::uuid, :login::text, :name::text, :number::text, :mobile::text, :email::text, :manager::uuid,
        :language::text, :zone::text, :joined_on::date, :left_on::date, :active::boolean,
        :absent_from::timestamptz, :absent_until::timestamptz, :absent_reason::text, :deputy::uuid, :search::text);

-- set_user
-- Write all of a person's own fields. Who is not active any more left today, if no other day is known.
UPDATE zk_user SET login = :login::text, name = :name::text, number = :number::text, mobile = :mobile::text,
       email = :email::text, manager = :manager::uuid, language = :language::text, zone = :zone::text,
       joined_on = :joined_on::date,
       left_on = coalesce(:left_on::date, CASE WHEN active AND NOT :active::boolean THEN current_date END),
       active = :active::boolean, absent_from = :absent_from::timestamptz, absent_until = :absent_until::timestamptz,
       absent_reason = :absent_reason::text, deputy = :deputy::uuid, search = :search::text,
       updated_at = now(), version = version + 1
 WHERE id = :id::uuid;

-- set_login
-- The login is kept twice, so that a user can be found without a look into the system schema.
UPDATE zhike.account SET login = :login::text WHERE id = :id::uuid AND login <> :login::text;

-- set_must_change
-- Whether the password has to be changed before anything else.
UPDATE zhike.account SET must_change = :must_change::boolean WHERE id = :id::uuid;

-- roles_of
-- The roles of somebody who is here.
SELECT ARRAY(SELECT role FROM zk_user_role WHERE "user" = u.id) FROM zk_user u
 WHERE u.id = :id::uuid AND u.active AND u.deleted_at IS NULL AND (u.left_on IS NULL OR u.left_on >= current_date);

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
-- Somebody who holds one of these roles and can sign in; an account for emergencies is nobody.
SELECT u.id FROM zk_user u JOIN zk_user_role r ON r."user" = u.id JOIN zhike.account a ON a.id = u.id
 WHERE u.active AND u.deleted_at IS NULL AND (u.left_on IS NULL OR u.left_on >= current_date)
   AND a.ends_at IS NULL AND r.role = ANY(:roles::text[]) LIMIT 1;

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
SELECT id, name, code, parent, head, active, depth, created_at, updated_at, version
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
INSERT INTO zk_department (name, code, parent, head, active)
VALUES (:name::text, :code::text, :parent::uuid, :head::uuid, :active::boolean) RETURNING id;

-- set_department
-- Write all of a department's own fields.
UPDATE zk_department SET name = :name::text, code = :code::text, parent = :parent::uuid, head = :head::uuid,
       active = :active::boolean, updated_at = now(), version = version + 1
 WHERE id = :id::uuid;

-- taken_code
-- Another department with the same code.
SELECT id FROM zk_department WHERE lower(code) = lower(:code::text) AND deleted_at IS NULL AND id IS DISTINCT FROM :but::uuid;

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

-- everybody
-- All people as a table of people has them.
SELECT u.id, u.login, u.name, u.number, u.mobile, u.email, u.manager, u.language, u.joined_on::text, u.left_on::text,
       u.active AND (u.left_on IS NULL OR u.left_on >= current_date) AS active,
       ARRAY(SELECT role FROM zk_user_role r WHERE r."user" = u.id ORDER BY role) AS roles,
       (SELECT coalesce(json_agg(json_build_array(m.department, m.main)), '[]')
          FROM zk_user_department m WHERE m."user" = u.id)::text AS departments
  FROM zk_user u WHERE u.deleted_at IS NULL;

-- today
-- The day in the zone of the workspace.
SELECT current_date;

-- fresh_ids
-- Ids for what is about to be written.
SELECT uuidv7() FROM generate_series(1, :count::int);

-- add_many_departments
-- New departments.
INSERT INTO zk_department (id, name, parent)
SELECT * FROM unnest(:ids::uuid[], :names::text[], :parents::uuid[]);

-- add_accounts
-- The part of new people that signs in; they have no password yet.
INSERT INTO zhike.account (id, workspace, login)
SELECT x.id, :workspace::text, x.login FROM jsonb_to_recordset(:rows::jsonb) AS x (id uuid, login text);

-- add_users
-- The part of new people that records know.
INSERT INTO zk_user (id, login, name, number, mobile, email, manager, language, joined_on, left_on, active, search)
SELECT id, login, name, number, mobile, email, manager, language, joined_on, left_on, active, search
  FROM jsonb_to_recordset(:rows::jsonb) AS x (id uuid, login text, name text, number text, mobile text, email text,
       manager uuid, language text, joined_on date, left_on date, active boolean, search text);

-- set_users
-- Write anew what a table of people says of them.
UPDATE zk_user u SET login = x.login, name = x.name, number = x.number, mobile = x.mobile, email = x.email,
       manager = x.manager, language = x.language, joined_on = x.joined_on, left_on = x.left_on, active = x.active,
       search = x.search, updated_at = now(), version = version + 1
  FROM jsonb_to_recordset(:rows::jsonb) AS x (id uuid, login text, name text, number text, mobile text, email text,
       manager uuid, language text, joined_on date, left_on date, active boolean, search text)
 WHERE u.id = x.id;

-- set_logins
-- The login is kept twice; see set_login.
UPDATE zhike.account a SET login = x.login FROM jsonb_to_recordset(:rows::jsonb) AS x (id uuid, login text)
 WHERE a.id = x.id AND a.login <> x.login;

-- drop_many_roles
-- Before writing the roles of some people anew.
DELETE FROM zk_user_role WHERE "user" = ANY(:ids::uuid[]);

-- add_many_roles
-- The roles of some people.
INSERT INTO zk_user_role ("user", role) SELECT * FROM unnest(:ids::uuid[], :roles::text[]);

-- drop_many_departments
-- Before writing the departments of some people anew.
DELETE FROM zk_user_department WHERE "user" = ANY(:ids::uuid[]);

-- place_many
-- The departments of some people.
INSERT INTO zk_user_department ("user", department, main)
SELECT * FROM unnest(:ids::uuid[], :departments::uuid[], :main::boolean[]);

-- set_many_main
-- The main departments stand in the people too; see set_main.
UPDATE zk_user u SET department = (SELECT m.department FROM zk_user_department m WHERE m."user" = u.id AND m.main)
 WHERE u.id = ANY(:ids::uuid[]);

-- holders_of_roles
-- Who is here and can sign in, with the roles they hold; an account for emergencies is nobody.
SELECT u.login, u.name, array_agg(r.role ORDER BY r.role)
  FROM zk_user u JOIN zk_user_role r ON r."user" = u.id JOIN zhike.account a ON a.id = u.id
 WHERE u.active AND u.deleted_at IS NULL AND (u.left_on IS NULL OR u.left_on >= current_date) AND a.ends_at IS NULL
 GROUP BY u.id ORDER BY u.login;

-- config_version
-- Under which version of the configuration people are changed.
SELECT version FROM zk_config;

-- name_of
-- What somebody is called; held until the end, so that nobody changes their grants meanwhile.
SELECT name FROM zk_user WHERE id = :id::uuid AND deleted_at IS NULL FOR NO KEY UPDATE;

-- personal_grants
-- What is granted to one person alone and not over.
SELECT object, body::text, reason, until, created_by, created_at FROM zk_personal_grant
 WHERE "user" = :user::uuid AND (until IS NULL OR until > now()) ORDER BY object;

-- personal_grant
-- One such grant as the log tells of it, even if it is over.
SELECT json_build_object('grant', body, 'reason', reason, 'until', until)::text FROM zk_personal_grant
 WHERE "user" = :user::uuid AND object = :object::text;

-- put_personal_grant
-- Grant something to one person alone, instead of what was granted before on the object.
INSERT INTO zk_personal_grant ("user", object, body, reason, until, created_by)
VALUES (:user::uuid, :object::text, :body::jsonb, :reason::text, :until::timestamptz, :actor::uuid)
ON CONFLICT ("user", object) DO UPDATE SET body = EXCLUDED.body, reason = EXCLUDED.reason, until = EXCLUDED.until,
    created_by = EXCLUDED.created_by, created_at = now();

-- drop_personal_grant
-- Take it back.
DELETE FROM zk_personal_grant WHERE "user" = :user::uuid AND object = :object::text;
