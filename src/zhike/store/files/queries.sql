-- add_file
-- Name a content; the same content may have many names.
INSERT INTO zk_file (id, hash, name, type, size, created_by)
VALUES (coalesce(:id::uuid, uuidv7()), :hash::text, :name::text, :type::text, :size::bigint, :by::uuid)
RETURNING id, created_at;

-- file
-- One file by id.
SELECT id, hash, name, type, size, created_by, created_at FROM zk_file WHERE id = :id::uuid;

-- named
-- Those contents out of some that have a name.
SELECT DISTINCT hash FROM zk_file WHERE hash = ANY(:hashes::text[]);

-- any_named
-- Whether there is any file.
SELECT EXISTS (SELECT FROM zk_file);
