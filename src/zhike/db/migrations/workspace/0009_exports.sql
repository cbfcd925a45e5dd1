-- Exports that can be traced, approved, and that come to an end.

ALTER TABLE zk_export
    ADD COLUMN trace      text,                     -- stands in the file itself
    ADD COLUMN expected   bigint,                   -- records counted when it was asked; NULL: not counted
    ADD COLUMN reason     text NOT NULL DEFAULT '',
    ADD COLUMN narrowed   text[],                   -- what the key it was asked with leaves of the rights
    ADD COLUMN ip         text NOT NULL DEFAULT '', -- from where it was asked
    ADD COLUMN agent      text NOT NULL DEFAULT '',
    ADD COLUMN decided_by uuid,
    ADD COLUMN decided_at timestamptz,
    ADD COLUMN decision   text NOT NULL DEFAULT '', -- what whoever decided says
    ADD COLUMN fault      json,                     -- why it was refused or failed: code, zh, en
    ADD COLUMN standing   text NOT NULL DEFAULT '', -- a digest of what its asker could see when it was written
    ADD COLUMN size       bigint,
    ADD COLUMN digest     text,                     -- of the file, sha256
    ADD COLUMN started_at timestamptz,
    ADD COLUMN expires_at timestamptz;

-- Files of earlier exports lie among the attachments and know no end: nobody owns them any more.
UPDATE zk_file SET created_by = NULL WHERE id IN (SELECT file FROM zk_export);
UPDATE zk_export SET trace = upper(right(replace(id::text, '-', ''), 12)),
                     state = CASE state WHEN 'done' THEN 'expired' ELSE state END;
ALTER TABLE zk_export
    DROP COLUMN file,
    ALTER COLUMN trace SET NOT NULL,
    ADD UNIQUE (trace),
    ADD CHECK (state IN ('asked', 'waiting', 'running', 'done', 'refused', 'failed', 'cancelled', 'expired'));
CREATE INDEX zk_export_actor ON zk_export (actor, id);
CREATE INDEX zk_export_state ON zk_export (state, id) WHERE state IN ('asked', 'waiting', 'running', 'done');
