-- keep_secret
-- A secret under its name, encrypted; a later one takes its place.
INSERT INTO zk_secret (name, sealed, updated_by) VALUES (:name::text, :sealed::bytea, :by::uuid)
ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, updated_by = excluded.updated_by, updated_at = now();

-- secret
-- One secret, encrypted as it is kept.
SELECT sealed FROM zk_secret WHERE name = :name::text;

-- secrets
-- The names of all secrets; never what they hide.
SELECT name, updated_at, updated_by FROM zk_secret ORDER BY name;

-- drop_secret
-- Forget a secret.
DELETE FROM zk_secret WHERE name = :name::text;
