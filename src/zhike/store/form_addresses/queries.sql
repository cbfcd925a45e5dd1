-- form_address
-- Where a form is filled in, found by the form or by what the link says.
SELECT a.form, a.address, a.seal, a.open, a.ends_at, a.created_at, u.id, u.name,
       a.open AND (a.ends_at IS NULL OR a.ends_at > now())
  FROM zk_form_address AS a
  LEFT JOIN zk_user AS u ON u.id = a.owner AND u.deleted_at IS NULL
 WHERE a.form = :form::text OR a.address = :address::text;

-- keep_form_address
-- Give a form an address, or change how the one it has is kept; a new one makes the old one void.
INSERT INTO zk_form_address AS a (form, address, seal, open, ends_at, owner, made_by)
VALUES (:form::text, :address::text, :seal::bytea, :open::boolean, :ends_at::timestamptz, :owner::uuid, :by::uuid)
ON CONFLICT (form) DO UPDATE
   SET open = EXCLUDED.open, ends_at = EXCLUDED.ends_at, owner = EXCLUDED.owner,
       address = CASE WHEN :anew::boolean THEN EXCLUDED.address ELSE a.address END,
       seal = CASE WHEN :anew::boolean THEN EXCLUDED.seal ELSE a.seal END;

-- drop_form_address
-- Take the address of a form away for good.
DELETE FROM zk_form_address WHERE form = :form::text RETURNING form;

-- form_owner
-- Whether somebody works here to whom records can belong.
SELECT active FROM zk_user WHERE id = :id::uuid AND deleted_at IS NULL;

-- spend_sending
-- Spend one sending if there is one left: as many fill up in a minute as there may be in one. What
-- nobody sent for a while is full again and need not be remembered.
WITH full_again AS (
    DELETE FROM zk_form_allowance
     WHERE key IN (SELECT key FROM zk_form_allowance
                    WHERE at < clock_timestamp() - interval '2 minutes' AND key <> :key::uuid
                    ORDER BY at LIMIT 100 FOR UPDATE SKIP LOCKED)
)
INSERT INTO zk_form_allowance AS a (key, free, given, at)
VALUES (:key::uuid, :per_minute::int - 1, 1, clock_timestamp())
ON CONFLICT (key) DO UPDATE SET (free, given, at) = (
    SELECT room.free - least(floor(room.free), 1), least(floor(room.free), 1)::int, clock_timestamp()
      FROM (SELECT least(:per_minute::int, a.free + :per_minute::int / 60.0
                         * greatest(0, extract(epoch FROM clock_timestamp() - a.at))) AS free) AS room)
RETURNING given, free;
