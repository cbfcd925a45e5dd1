-- by_session
-- Who holds a session token, with everything a viewer knows. What is demanded now counts for sessions that
-- were opened when it was not.
SELECT u.id, u.name, u.login, u.language, u.zone, s.expires_at, NULL::uuid AS key, s.id AS session,
       CASE WHEN a.must_change AND a.password IS NOT NULL THEN 'password'
            WHEN s.first = '' AND s.way = 'password'
             AND (:everybody::boolean OR EXISTS (SELECT FROM zk_user_role r
                                                  WHERE r."user" = u.id AND r.role = ANY(:demanding::text[])))
            THEN 'second_factor' ELSE s.first END AS first,
       NULL::text[] AS scopes, NULL::int AS per_minute, NULL::uuid AS allowance, s.view_as
  FROM zhike.session s JOIN zhike.account a ON a.id = s.account JOIN zk_user u ON u.id = a.id
 WHERE s.token = :token::bytea AND s.expires_at > now() AND a.workspace = :workspace::text
   AND (:idle::int = 0 OR s.seen_at > now() - make_interval(secs => :idle::int))
   AND (a.ends_at IS NULL OR a.ends_at > now())
   AND u.active AND u.deleted_at IS NULL AND (u.left_on IS NULL OR u.left_on >= current_date);

-- by_key
-- Who holds an API key.
SELECT u.id, u.name, u.login, u.language, u.zone, least(k.expires_at, a.ends_at), k.id AS key, NULL::uuid AS session,
       '' AS first, k.scopes, k.per_minute, k.allowance, NULL::uuid AS view_as
  FROM zhike.api_key k JOIN zhike.account a ON a.id = k.account JOIN zk_user u ON u.id = a.id
 WHERE k.secret = :token::bytea AND (k.expires_at IS NULL OR k.expires_at > now())
   AND a.workspace = :workspace::text AND (a.ends_at IS NULL OR a.ends_at > now())
   AND u.active AND u.deleted_at IS NULL AND (u.left_on IS NULL OR u.left_on >= current_date);

-- by_login
-- A person by login, for the command line.
SELECT u.id, u.name, u.login, u.language, u.zone
  FROM zk_user u WHERE lower(u.login) = lower(:login::text) AND u.active AND u.deleted_at IS NULL
   AND (u.left_on IS NULL OR u.left_on >= current_date);

-- by_id
-- A person by id, for the work they asked for and did not wait for.
SELECT u.id, u.name, u.login, u.language, u.zone
  FROM zk_user u WHERE u.id = :id::uuid AND u.active AND u.deleted_at IS NULL
   AND (u.left_on IS NULL OR u.left_on >= current_date);

-- place_of
-- What a viewer may be granted by: roles, own departments (main one first), those with all below and all above,
-- everybody below in the reporting line, what is granted to this person alone, and about how much is shared. Shares
-- that are over count too: they may be made to hold again.
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
         WHERE "user" = :id::uuid AND (until IS NULL OR until > now())),
       (SELECT count(*) FROM (SELECT FROM zk_share
         WHERE grantee = ANY(ARRAY['user:' || :id::text]
                          || ARRAY(SELECT 'department:' || id FROM above)
                          || ARRAY(SELECT 'role:' || role FROM zk_user_role WHERE "user" = :id::uuid))
         LIMIT :many::int + 1) AS s);

-- touch_key
-- Note when and from where a key was used, at most once a minute.
UPDATE zhike.api_key SET used_at = now(), used_ip = :ip::text
 WHERE id = :id::uuid AND (used_at IS NULL OR used_at < now() - interval '1 minute');

-- touch_session
-- Note when and from where a session was used, now and then.
UPDATE zhike.session SET seen_at = now(), seen_ip = :ip::text
 WHERE id = :id::uuid AND seen_at < now() - make_interval(secs => :pause::int);

-- tell_people
-- Let every process forget whom it knows in this workspace, once this is committed.
SELECT pg_notify('zhike', :payload::text);

-- lock_people
-- Changes of people wait for each other: rules about all of them (a last administrator, no cycle) must hold.
SELECT pg_advisory_xact_lock(hashtextextended('people ' || :workspace::text, 0));

-- workspaces
-- Every workspace of this installation.
SELECT slug, zone, host FROM zhike.workspace;

-- emergency_account
-- The account for emergencies, if there is one, and whether it is one.
SELECT a.id, a.ends_at IS NOT NULL FROM zhike.account a JOIN zk_user u ON u.id = a.id
 WHERE lower(u.login) = lower(:login::text);

-- add_emergency
-- The account for emergencies, over from its beginning.
WITH account AS (
    INSERT INTO zhike.account (workspace, login, ends_at) VALUES (:workspace::text, :login::text, now()) RETURNING id
)
INSERT INTO zk_user (id, login, name, search) SELECT id, :login::text, :name::text, '' FROM account RETURNING id;

-- open_emergency
-- Let the account for emergencies work for some minutes, in these roles only, without keys.
WITH account AS (
    UPDATE zhike.account SET ends_at = now() + make_interval(mins => :minutes::int), must_change = false
     WHERE id = :id::uuid RETURNING ends_at
), person AS (
    UPDATE zk_user SET active = true, left_on = (SELECT ends_at FROM account)::date, updated_at = now(),
           version = version + 1
     WHERE id = :id::uuid
), keys AS (
    DELETE FROM zhike.api_key WHERE account = :id::uuid
), lost AS (
    DELETE FROM zk_user_role WHERE "user" = :id::uuid AND role <> ALL(:roles::text[])
), held AS (
    INSERT INTO zk_user_role ("user", role) SELECT :id::uuid, unnest(:roles::text[]) ON CONFLICT DO NOTHING
)
SELECT ends_at FROM account;

-- close_emergency
-- Let the account for emergencies work no longer.
UPDATE zhike.account a SET ends_at = now() FROM zk_user u
 WHERE u.id = a.id AND u.login = :login::text AND a.ends_at > now() RETURNING a.id;
