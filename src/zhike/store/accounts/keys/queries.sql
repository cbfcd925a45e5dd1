-- keys
-- The API keys of one person, or of everybody, without their secrets.
SELECT k.id, k.name, k.prefix, u.id AS "user", u.login, k.scopes, k.per_minute, k.made_by, k.created_at, k.expires_at,
       k.used_at, k.used_ip
  FROM zhike.api_key k JOIN zhike.account a ON a.id = k.account JOIN zk_user u ON u.id = a.id
 WHERE a.workspace = :workspace::text AND (:account::uuid IS NULL OR k.account = :account::uuid)
   AND (:after::uuid IS NULL OR k.id < :after::uuid)
 ORDER BY k.id DESC LIMIT :limit::int;

-- add_key
-- Keep a new key by the hash of its secret; it shares the requests of the key that made it.
INSERT INTO zhike.api_key (id, account, name, prefix, secret, scopes, per_minute, expires_at, made_by, allowance)
SELECT new.id, :account::uuid, :name::text, :prefix::text, :secret::bytea, :scopes::text[], :per_minute::int,
       :expires_at::timestamptz, maker.id, coalesce(maker.allowance, new.id)
  FROM (SELECT uuidv7() AS id) AS new LEFT JOIN zhike.api_key maker ON maker.id = :made_by::uuid
RETURNING id, created_at;

-- drop_key
-- Revoke one key and those it made, if it is the person's own or anybody's may be revoked.
DELETE FROM zhike.api_key k USING zhike.account a
 WHERE k.id = :id::uuid AND a.id = k.account AND a.workspace = :workspace::text
   AND (:account::uuid IS NULL OR k.account = :account::uuid)
RETURNING k.account, k.name, k.prefix, a.login;

-- drop_keys
-- End all keys of some people.
DELETE FROM zhike.api_key WHERE account = ANY(:accounts::uuid[]) RETURNING account, id, name, prefix;

-- take_requests
-- Give some of the requests left to a key: as many fill up in a minute as it may make in one.
INSERT INTO zhike.allowance AS a (key, free, given, at)
VALUES (:key::uuid, :per_minute::int - :wanted::int, :wanted::int, clock_timestamp())
ON CONFLICT (key) DO UPDATE SET (free, given, at) = (
    SELECT room.free - least(floor(room.free), EXCLUDED.given), least(floor(room.free), EXCLUDED.given), clock_timestamp()
      FROM (SELECT least(:per_minute::int, a.free + :per_minute::int / 60.0
                                             * greatest(0, extract(epoch FROM clock_timestamp() - a.at))) AS free) AS room)
RETURNING given, free;
