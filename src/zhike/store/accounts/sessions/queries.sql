-- lock_left
-- For how many seconds the longest lock on any of these keys still holds; 0 if none does.
SELECT coalesce(max(ceil(extract(epoch FROM zhike.locked_until(a) - now())))
                FILTER (WHERE zhike.locked_until(a) > now()), 0)::int
  FROM zhike.attempt a WHERE a.key = ANY(:keys::text[]);

-- count_failure
-- Count one wrong sign-in under each of its keys; an hour of quiet starts the count anew.
INSERT INTO zhike.attempt AS a (key, free, shortest, longest)
SELECT * FROM unnest(:keys::text[], :free::int[], :shortest::int[], :longest::int[])
                  AS given (key, free, shortest, longest)
 ORDER BY key
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN a.last_at < now() - greatest('1 hour', make_interval(secs => a.longest)) THEN 1 ELSE a.count + 1 END,
    free = EXCLUDED.free, shortest = EXCLUDED.shortest, longest = EXCLUDED.longest, last_at = now();

-- forget_failures
-- A right sign-in clears what was counted against it; what nobody asked about for two days goes too.
DELETE FROM zhike.attempt WHERE key = ANY(:keys::text[]) OR last_at < now() - interval '2 days';

-- unlock
-- Some logins may be tried again, from wherever it went wrong.
DELETE FROM zhike.attempt a USING unnest(:starts::text[]) AS one (start)
 WHERE a.key = one.start OR starts_with(a.key, one.start || ' ');

-- unlock_all
-- Every login may be tried again, from everywhere.
DELETE FROM zhike.attempt;

-- candidates
-- Whom a login, mobile number or e-mail may mean. A login wins over the others; two of a kind mean nobody.
SELECT a.id, a.password, a.ends_at IS NOT NULL AS emergency,
       rank() OVER (ORDER BY lower(u.login) <> lower(:login::text)) AS rank
  FROM zk_user u JOIN zhike.account a ON a.id = u.id
 WHERE u.active AND u.deleted_at IS NULL AND (u.left_on IS NULL OR u.left_on >= current_date)
   AND (a.ends_at IS NULL OR a.ends_at > now())
   AND (lower(u.login) = lower(:login::text) OR u.mobile = :mobile::text OR lower(u.email) = lower(:login::text));

-- standing
-- Whether somebody may sign in at all; a password that has grown too old has to be changed from now on. Waits for
-- whoever changes the password, and is nothing if it is no longer the one that was shown.
UPDATE zhike.account a
   SET must_change = a.must_change
    OR (:days::int > 0 AND a.ends_at IS NULL AND a.password_at < now() - make_interval(days => :days::int))
  FROM zk_user u
 WHERE a.id = :account::uuid AND u.id = a.id AND u.active AND u.deleted_at IS NULL
   AND (u.left_on IS NULL OR u.left_on >= current_date) AND (a.ends_at IS NULL OR a.ends_at > now())
   AND (:kept::text IS NULL OR a.password = :kept::text)
RETURNING a.must_change AND a.password IS NOT NULL, a.ends_at IS NOT NULL;

-- open_session
-- Keep a session by the hash of its token; that of an emergency account ends with it.
INSERT INTO zhike.session (token, account, way, first, ip, seen_ip, agent, expires_at)
SELECT :token::bytea, a.id, :way::text, :first::text, :ip::text, :ip::text, :agent::text,
       least(now() + make_interval(days => :days::int), a.ends_at)
  FROM zhike.account a WHERE a.id = :account::uuid;

-- view_as
-- Look through somebody else's eyes from now on, or (NULL) through one's own again.
UPDATE zhike.session SET view_as = :user::uuid WHERE id = :id::uuid;

-- drop_old_sessions
-- Forget what has expired; done at each sign-in, so that no job is needed.
DELETE FROM zhike.session WHERE expires_at < now();

-- close_session
-- Sign out.
DELETE FROM zhike.session WHERE token = :token::bytea;

-- close_sessions
-- End all sessions of a person but the one that asks.
DELETE FROM zhike.session WHERE account = :account::uuid AND token IS DISTINCT FROM :but::bytea RETURNING id;

-- end_session
-- End one session of a person.
DELETE FROM zhike.session WHERE account = :account::uuid AND id = :id::uuid RETURNING id;

-- sessions
-- The sessions of a person, the one last used first.
SELECT s.id, s.created_at, s.seen_at, s.expires_at, s.ip, s.seen_ip, s.agent, s.way, s.token
  FROM zhike.session s WHERE s.account = :account::uuid AND s.expires_at > now()
   AND (:idle::int = 0 OR s.seen_at > now() - make_interval(mins => :idle::int))
 ORDER BY s.seen_at DESC, s.id DESC;

-- close_sessions_of
-- End all sessions of some people.
DELETE FROM zhike.session s USING zhike.account a WHERE a.id = s.account AND s.account = ANY(:accounts::uuid[])
RETURNING a.id, a.login;
