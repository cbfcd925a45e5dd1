-- begin
-- Whoever asks first begins it; what stopped on its way goes on.
UPDATE zk_import SET state = 'undoing', undo = :undo::json
 WHERE id = :id::uuid AND state IN ('done', 'failed', 'cancelled')
RETURNING started_at, now(), old.state;

-- hold
-- Keeps others from taking it back until this transaction ends.
SELECT state FROM zk_import WHERE id = :id::uuid FOR UPDATE;

-- settle
-- What the run made and changed, as the log has it. Numbers become texts, which JSON does not round.
-- In one pass: nobody has counted yet what an import has just written, and joins of it would go astray.
INSERT INTO zk_import_item (import, position, object, record, made, old, new)
SELECT :id::uuid, w.position, w.object, w.record, w.made,
       (SELECT jsonb_object_agg(key, CASE jsonb_typeof(value) WHEN 'number' THEN to_jsonb(value::text)
                                          ELSE value END ORDER BY o.seq DESC)
          FROM unnest(w.seqs, w.olds) AS o(seq, old) CROSS JOIN LATERAL jsonb_each(o.old) WHERE NOT w.made),
       (SELECT jsonb_object_agg(key, value ORDER BY n.seq)
          FROM unnest(w.seqs, w.news) AS n(seq, new) CROSS JOIN LATERAL jsonb_each(n.new) WHERE NOT w.made)
  FROM (SELECT object, record, max(seq) AS position, bool_or(kind = 'created') AS made,
               array_agg(seq) FILTER (WHERE kind = 'updated') AS seqs,
               array_agg(old) FILTER (WHERE kind = 'updated') AS olds,
               array_agg(new) FILTER (WHERE kind = 'updated') AS news
          FROM zk_event
         WHERE at BETWEEN :since::timestamptz AND :until::timestamptz AND cause = :id::text
           AND kind IN ('created', 'updated')
         GROUP BY 1, 2) AS w;

-- objects
-- Of which objects the run made records, and of which it changed some.
SELECT object, bool_or(made), bool_or(NOT made) FROM zk_import_item WHERE import = :id::uuid GROUP BY 1 ORDER BY 1;

-- later
-- What else happened since to records that the run made.
SELECT DISTINCT ON (i.position) i.position, e.actor, e.at, e.new
  FROM zk_import_item i JOIN zk_event e
    ON e.object = i.object AND e.record = i.record AND e.seq > i.position AND e.at >= :since::timestamptz
 WHERE i.import = :id::uuid AND i.object = :object::text AND i.made
   AND (:positions::bigint[] IS NULL OR i.position = ANY(:positions::bigint[]))
   AND e.cause IS DISTINCT FROM :id::text AND e.kind <> 'deleted'
 ORDER BY i.position, e.seq DESC;

-- last_change
-- Who last changed some of these fields of some records since.
SELECT DISTINCT ON (i.position) i.position, e.actor, e.at
  FROM zk_import_item i JOIN zk_event e
    ON e.object = i.object AND e.record = i.record AND e.seq > i.position AND e.at >= :since::timestamptz
 WHERE i.import = :id::uuid AND i.position = ANY(:positions::bigint[])
   AND e.cause IS DISTINCT FROM :id::text AND e.kind = 'updated' AND e.new ?| (SELECT array_agg(k) FROM jsonb_object_keys(i.new) AS k)
 ORDER BY i.position, e.seq DESC;

-- items
-- The next records to take back, last one first.
SELECT position, object, record, made, old FROM zk_import_item
 WHERE import = :id::uuid AND outcome = 'waiting' ORDER BY position DESC LIMIT :limit::int;

-- set_outcomes
-- What became of some records.
UPDATE zk_import_item i SET outcome = t.outcome, why = t.why
  FROM json_to_recordset(:items::json) AS t(position bigint, outcome text, why json)
 WHERE i.import = :id::uuid AND i.position = t.position;

-- outcomes
-- How many records came to what.
SELECT outcome, count(*) FROM zk_import_item WHERE import = :id::uuid GROUP BY 1;

-- kept
-- The records that could not be taken back, each with why.
SELECT position, object, record, why FROM zk_import_item
 WHERE import = :id::uuid AND outcome = 'kept' AND position > :after::bigint ORDER BY position LIMIT :limit::int;

-- end
-- It came to an end.
UPDATE zk_import SET state = 'undone' WHERE id = :id::uuid AND state = 'undoing';

-- stop
-- It stopped on its way; asked again, it goes on.
UPDATE zk_import SET undo = :undo::json WHERE id = :id::uuid AND state = 'undoing';

-- refuse
-- Others did something since: it is as if nobody had asked, but for what was found.
UPDATE zk_import SET state = :state::text, undo = :undo::json WHERE id = :id::uuid AND state = 'undoing';

-- undo
-- How it was asked for.
SELECT undo, started_at FROM zk_import WHERE id = :id::uuid;

-- names
-- Who did something.
SELECT id, name FROM zk_user WHERE id = ANY(:ids::uuid[]);
