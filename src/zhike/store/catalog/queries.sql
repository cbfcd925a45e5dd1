-- config_version
-- The number that rises with every change of the configuration, and the zone days are counted in.
SELECT version, (SELECT zone FROM zhike.workspace WHERE slug = :workspace::text)
  FROM zk_config;

-- lock_config
-- Changes of one workspace's configuration stand in a queue; readers are not held up.
SELECT version FROM zk_config FOR UPDATE;

-- stay
-- Whoever changes the configuration waits until this transaction ends.
SELECT version FROM zk_config FOR SHARE;

-- patience
-- A table that cannot be had within this time is in use; whoever waits for it holds up all others.
SELECT set_config('lock_timeout', '15s', true);

-- raise_config
-- Whoever holds an older number knows that it is old.
UPDATE zk_config SET version = version + 1 RETURNING version;

-- tell
-- Delivered when the transaction commits, to every process that listens.
SELECT pg_notify('zhike', :payload::text);

-- documents
-- The whole configuration as it stands. As text: whoever reads it parses it once.
SELECT kind, key, version, app, body::text, updated_at
  FROM zk_document
 ORDER BY kind, key;

-- document
-- One document as it stands.
SELECT kind, key, version, app, body::text, updated_at
  FROM zk_document
 WHERE kind = :kind::text AND key = :key::text;

-- shipped
-- What each app last shipped, untouched by anybody: the base of a three-way merge.
SELECT DISTINCT ON (kind, key) kind, key, version, app, body::text, at
  FROM zk_document_version
 WHERE app = :app::text AND body IS NOT NULL
 ORDER BY kind, key, version DESC;

-- versions
-- Every version of one document, the newest first; a body that is NULL says it was removed.
SELECT v.version, v.app, v.body::text, v.at, v.actor, u.name
  FROM zk_document_version AS v LEFT JOIN zk_user AS u ON u.id = v.actor
 WHERE v.kind = :kind::text AND v.key = :key::text
 ORDER BY v.version DESC;

-- write_documents
-- Versions go on counting after a removal, so that a number never means two things.
WITH given AS (
    SELECT * FROM json_to_recordset(:documents::json)
        AS given (kind text, key text, app text, shipped json, body json)
), numbered AS (
    SELECT given.*, COALESCE((SELECT max(v.version) FROM zk_document_version AS v
                               WHERE v.kind = given.kind AND v.key = given.key), 0) AS last
      FROM given
), shipped AS (
    INSERT INTO zk_document_version (kind, key, version, app, body, actor)
    SELECT kind, key, last + 1, app, shipped, :actor::uuid FROM numbered WHERE shipped IS NOT NULL
), noted AS (
    INSERT INTO zk_document_version (kind, key, version, body, actor)
    SELECT kind, key, last + 1 + (shipped IS NOT NULL)::int, body, :actor::uuid
      FROM numbered WHERE body IS NOT NULL
)
INSERT INTO zk_document AS old (kind, key, version, app, body)
SELECT kind, key, last + (shipped IS NOT NULL)::int + (body IS NOT NULL)::int, app,
       COALESCE(body, shipped)
  FROM numbered
    ON CONFLICT (kind, key) DO UPDATE
   SET version = EXCLUDED.version, app = COALESCE(EXCLUDED.app, old.app), body = EXCLUDED.body,
       updated_at = now();

-- remove_documents
-- The documents go, their versions stay.
WITH given AS (
    SELECT * FROM json_to_recordset(:documents::json) AS given (kind text, key text)
), gone AS (
    DELETE FROM zk_document AS old USING given
     WHERE old.kind = given.kind AND old.key = given.key
    RETURNING old.kind, old.key, old.version, old.app
)
INSERT INTO zk_document_version (kind, key, version, app, body, actor)
SELECT kind, key, version + 1, NULL, NULL, :actor::uuid FROM gone;
