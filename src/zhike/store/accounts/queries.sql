-- lock_left
-- For how many seconds the longest lock on any of these keys still holds; 0 if none does.
SELECT coalesce(max(ceil(extract(epoch FROM zhike.locked_until(a) - now())))
                FILTER (WHERE zhike.locked_until(a) > now()), 0)::int
  FROM zhike.attempt a WHERE a.key = ANY(:keys::text[]);

-- count_failure
-- Count one wrong sign-in under each of its keys; an hour of quiet starts the count anew.
INSERT INTO zhike.attempt AS a (key, free, longest)
SELECT * FROM unnest(:keys::text[], :free::int[], :longest::int[]) AS given (key, free, longest)
 ORDER BY key
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN a.last_at < now() - interval '1 hour' THEN 1 ELSE a.count + 1 END,
    last_at = now();

-- forget_failures
-- A right sign-in clears what was counted against it; what nobody asked about for a day goes too.
DELETE FROM zhike.attempt WHERE key = ANY(:keys::text[]) OR last_at < now() - interval '1 day';

-- candidates
-- Whom a login, mobile number or e-mail may mean. A login wins over the others; two of a kind mean nobody.
SELECT a.id, a.password, rank() OVER (ORDER BY lower(u.login) <> lower(:login::text)) AS rank
  FROM zk_user u JOIN zhike.account a ON a.id = u.id
 WHERE u.active AND u.deleted_at IS NULL
   AND (lower(u.login) = lower(:login::text) OR u.mobile = :mobile::text OR lower(u.email) = lower(:login::text));

-- open_session
-- Keep a session by the hash of its token.
INSERT INTO zhike.session (token, account, ip, agent, expires_at)
VALUES (:token::bytea, :account::uuid, :ip::text, :agent::text, now() + make_interval(days => :days::int));

-- drop_old_sessions
-- Forget what has expired; done at each sign-in, so that no job is needed.
DELETE FROM zhike.session WHERE expires_at < now();

-- close_session
-- Sign out.
DELETE FROM zhike.session WHERE token = :token::bytea;

-- close_sessions
-- End all sessions of a person but the one that asks.
DELETE FROM zhike.session WHERE account = :account::uuid AND token IS DISTINCT FROM :but::bytea;

-- drop_keys
-- End all keys of a person.
DELETE FROM zhike.api_key WHERE account = :account::uuid;

-- by_session
-- Who holds a session token, with everything a viewer knows.
SELECT u.id, u.name, u.login, u.language, s.expires_at, NULL::uuid AS key
  FROM zhike.session s JOIN zhike.account a ON a.id = s.account JOIN zk_user u ON u.id = a.id
 WHERE s.token = :token::bytea AND s.expires_at > now() AND a.workspace = :workspace::text
   AND u.active AND u.deleted_at IS NULL;

-- by_key
-- Who holds an API key.
SELECT u.id, u.name, u.login, u.language, k.expires_at, k.id AS key
  FROM zhike.api_key k JOIN zhike.account a ON a.id = k.account JOIN zk_user u ON u.id = a.id
 WHERE k.secret = :token::bytea AND (k.expires_at IS NULL OR k.expires_at > now())
   AND a.workspace = :workspace::text AND u.active AND u.deleted_at IS NULL;

-- by_login
-- A person by login, for the command line.
SELECT u.id, u.name, u.login, u.language, NULL::timestamptz, NULL::uuid AS key
  FROM zk_user u WHERE lower(u.login) = lower(:login::text) AND u.active AND u.deleted_at IS NULL;

-- by_id
-- A person by id, for the work they asked for and did not wait for.
SELECT u.id, u.name, u.login, u.language, NULL::timestamptz, NULL::uuid AS key
  FROM zk_user u WHERE u.id = :id::uuid AND u.active AND u.deleted_at IS NULL;

-- login_id
-- A person by login, disabled ones too.
SELECT id FROM zk_user WHERE lower(login) = lower(:login::text) AND deleted_at IS NULL;

-- place_of
-- What a viewer may be granted by: roles, own departments (main one first), those with all below and all above,
-- everybody below in the reporting line, and what is granted to this person alone.
WITH RECURSIVE own AS (
    SELECT m.department, m.main FROM zk_user_department m JOIN zk_department d ON d.id = m.department
     WHERE m."user" = :id::uuid AND d.deleted_at IS NULL
), below AS (
    SELECT department AS id FROM own
    UNION
    SELECT d.id FROM zk_department d JOIN below b ON d.parent = b.id WHERE d.deleted_at IS NULL
), above AS (
    SELECT department AS id FROM own
    UNION
    SELECT d.parent FROM zk_department d JOIN above a ON d.id = a.id
     WHERE d.parent IS NOT NULL AND d.deleted_at IS NULL
), under AS (
    SELECT id FROM zk_user WHERE manager = :id::uuid AND deleted_at IS NULL
    UNION
    SELECT u.id FROM zk_user u JOIN under b ON u.manager = b.id WHERE u.deleted_at IS NULL
)
SELECT ARRAY(SELECT role FROM zk_user_role WHERE "user" = :id::uuid),
       ARRAY(SELECT department FROM own ORDER BY main DESC, department),
       ARRAY(SELECT id FROM below),
       ARRAY(SELECT id FROM above),
       ARRAY(SELECT id FROM under),
       (SELECT jsonb_object_agg(object, body ORDER BY object)::text FROM zk_personal_grant
         WHERE "user" = :id::uuid AND (until IS NULL OR until > now()));

-- touch_key
-- Note that a key was used, at most once a minute.
UPDATE zhike.api_key SET used_at = now()
 WHERE id = :id::uuid AND (used_at IS NULL OR used_at < now() - interval '1 minute');

-- tell_people
-- Let every process forget whom it knows in this workspace, once this is committed.
SELECT pg_notify('zhike', :payload::text);

-- keys
-- The API keys of one person, or of everybody, without their secrets.
SELECT k.id, k.name, k.prefix, u.id AS "user", u.login, k.created_at, k.expires_at, k.used_at
  FROM zhike.api_key k JOIN zhike.account a ON a.id = k.account JOIN zk_user u ON u.id = a.id
 WHERE a.workspace = :workspace::text AND (:account::uuid IS NULL OR k.account = :account::uuid)
   AND (:after::uuid IS NULL OR k.id < :after::uuid)
 ORDER BY k.id DESC LIMIT :limit::int;

-- add_key
-- Keep a new key by the hash of its secret.
INSERT INTO zhike.api_key (account, name, prefix, secret, expires_at)
VALUES (:account::uuid, :name::text, :prefix::text, :secret::bytea, :expires_at::timestamptz)
RETURNING id, created_at;

-- drop_key
-- Revoke one key, if it is the person's own or anybody's may be revoked.
DELETE FROM zhike.api_key k USING zhike.account a
 WHERE k.id = :id::uuid AND a.id = k.account AND a.workspace = :workspace::text
   AND (:account::uuid IS NULL OR k.account = :account::uuid);

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

-- lock_people
-- Changes of people wait for each other: rules about all of them (a last administrator, no cycle) must hold.
SELECT pg_advisory_xact_lock(hashtextextended('people ' || :workspace::text, 0));

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

-- workspaces
-- Every workspace of this installation.
SELECT slug, zone, host FROM zhike.workspace;

-- has_people
-- Whether anybody is there at all.
SELECT EXISTS (SELECT FROM zk_user);
