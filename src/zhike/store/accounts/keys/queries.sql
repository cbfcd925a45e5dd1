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

-- drop_keys
-- End all keys of a person.
DELETE FROM zhike.api_key WHERE account = :account::uuid;
