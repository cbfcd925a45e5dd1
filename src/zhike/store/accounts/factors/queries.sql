-- held
-- What a person can show beside the password, and the roles by which it may be demanded.
SELECT t.secret, t.created_at,
       (SELECT count(*) FROM zhike.passkey p WHERE p.account = a.id) AS passkeys,
       (SELECT count(*) FROM zhike.recovery_code c WHERE c.account = a.id) AS recovery_codes,
       ARRAY(SELECT role FROM zk_user_role r WHERE r."user" = a.id) AS roles
  FROM zhike.account a LEFT JOIN zhike.totp t ON t.account = a.id
 WHERE a.id = :account::uuid AND a.workspace = :workspace::text;

-- keep_totp
-- A generator of codes, in the place of an earlier one.
INSERT INTO zhike.totp (account, secret, last_step) VALUES (:account::uuid, :secret::bytea, :step::bigint)
ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step, created_at = now();

-- take_step
-- Take a code: none of this or an earlier moment will be taken again.
UPDATE zhike.totp SET last_step = :step::bigint WHERE account = :account::uuid AND last_step < :step::bigint;

-- drop_totp
-- Do without a generator.
DELETE FROM zhike.totp WHERE account = :account::uuid;

-- drop_recovery_codes
-- Recovery codes that were written down no longer work.
DELETE FROM zhike.recovery_code WHERE account = :account::uuid;

-- add_recovery_codes
-- New recovery codes, by what they are recognised by.
INSERT INTO zhike.recovery_code (account, print) SELECT :account::uuid, unnest(:prints::bytea[]);

-- take_recovery_code
-- Use up a recovery code.
DELETE FROM zhike.recovery_code WHERE account = :account::uuid AND print = ANY(:prints::bytea[]);

-- passkeys
-- The passkeys of a person.
SELECT id, name, site, created_at, used_at, backed_up, credential, transports
  FROM zhike.passkey WHERE account = :account::uuid ORDER BY id;

-- passkey
-- One passkey and whose it is.
SELECT p.id, p.account, p.public_key, p.sign_count, u.login
  FROM zhike.passkey p JOIN zk_user u ON u.id = p.account
 WHERE p.workspace = :workspace::text AND p.credential = :credential::bytea;

-- add_passkey
-- A new passkey; one that is known already is not taken a second time.
INSERT INTO zhike.passkey (account, workspace, credential, public_key, site, sign_count, transports, backed_up, name)
VALUES (:account::uuid, :workspace::text, :credential::bytea, :public_key::bytea, :site::text, :sign_count::bigint,
        :transports::text[], :backed_up::boolean, :name::text)
ON CONFLICT (workspace, credential) DO NOTHING
RETURNING id, name, site, created_at, used_at, backed_up;

-- use_passkey
-- Note that a passkey was used. A counter that does not rise is that of a copy.
UPDATE zhike.passkey SET sign_count = :sign_count::bigint, backed_up = :backed_up::boolean, used_at = now()
 WHERE id = :id::uuid AND (sign_count < :sign_count::bigint OR (sign_count = 0 AND :sign_count::bigint = 0));

-- rename_passkey
-- Call a passkey by another name.
UPDATE zhike.passkey SET name = :name::text WHERE id = :id::uuid AND account = :account::uuid
RETURNING id, name, site, created_at, used_at, backed_up;

-- drop_passkey
-- Do without a passkey of a person.
DELETE FROM zhike.passkey WHERE id = :id::uuid AND account = :account::uuid RETURNING name;

-- drop_passkeys
-- Do without any passkey of a person.
DELETE FROM zhike.passkey WHERE account = :account::uuid;

-- linked
-- Whom an identity provider means by a subject.
UPDATE zhike.provider_link l SET used_at = now() FROM zk_user u
 WHERE l.workspace = :workspace::text AND l.issuer = :issuer::text AND l.subject = :subject::text AND u.id = l.account
RETURNING l.account, u.login;

-- link
-- From now on the identity provider means this person by that subject.
INSERT INTO zhike.provider_link (workspace, issuer, subject, provider, account, used_at)
VALUES (:workspace::text, :issuer::text, :subject::text, :provider::text, :account::uuid, now())
ON CONFLICT (workspace, issuer, subject) DO NOTHING;

-- links
-- The identity providers that know a person.
SELECT provider, issuer, created_at, used_at FROM zhike.provider_link
 WHERE account = :account::uuid ORDER BY created_at;

-- unlink
-- One identity provider no longer stands for a person.
DELETE FROM zhike.provider_link WHERE account = :account::uuid AND provider = :provider::text;

-- same_email
-- People who have this e-mail; it tells one only if it is one person's.
SELECT id, login FROM zk_user WHERE active AND deleted_at IS NULL AND lower(email) = lower(:email::text) LIMIT 2;

-- same_number
-- Who has this staff number.
SELECT id, login FROM zk_user WHERE active AND deleted_at IS NULL AND number = :number::text LIMIT 2;

-- same_login
-- Who signs in by this login.
SELECT id, login FROM zk_user WHERE active AND deleted_at IS NULL AND lower(login) = lower(:login::text) LIMIT 2;

-- spend
-- Use up a ticket.
INSERT INTO zhike.spent_ticket (print, expires_at) VALUES (:print::bytea, to_timestamp(:ends::double precision))
ON CONFLICT DO NOTHING;

-- drop_spent
-- Forget tickets that are too old to be shown again.
DELETE FROM zhike.spent_ticket WHERE expires_at < now() - interval '1 hour';

-- session_age
-- How long ago a session was signed in to, in seconds.
SELECT extract(epoch FROM now() - created_at)::double precision FROM zhike.session
 WHERE token = :token::bytea AND account = :account::uuid;

-- raise_session
-- In this session a second factor was shown: nothing has to be done first any more.
UPDATE zhike.session SET first = '', way = :way::text
 WHERE token = :token::bytea AND (first = 'second_factor' OR way = 'password');
