-- turn
-- One person is counted in one place at a time, whatever they ask at once.
SELECT pg_advisory_xact_lock(hashtextextended('identity card ' || :asker::text, 0));

-- spent
-- How many records somebody met unseen in 24 hours, and when the first of them is forgotten.
SELECT count(DISTINCT (object, record)),
       ceil(extract(epoch FROM min(at) + interval '24 hours' - now()))::integer
  FROM zk_identity_card WHERE asker = :asker::uuid AND at > now() - interval '24 hours';

-- add_cards
-- What somebody was told of records they do not see.
INSERT INTO zk_identity_card (asker, object, record)
SELECT :asker::uuid, x.object, x.record FROM json_to_recordset(:met::json) AS x(object text, record uuid)
RETURNING record, id;

-- card
-- The record that a card of somebody stands for.
SELECT object, record FROM zk_identity_card WHERE id = :id::uuid AND asker = :asker::uuid;

-- add_wish
-- Ask once for the same thing.
INSERT INTO zk_identity_wish (asker, object, record, title, wish, reason)
VALUES (:asker::uuid, :object::text, :record::uuid, :title::text, :wish::text, :reason::text)
ON CONFLICT (asker, object, record, wish) WHERE state = 'open' DO UPDATE SET reason = excluded.reason
RETURNING id;

-- decide
-- The answer to an open wish.
UPDATE zk_identity_wish SET state = :state::text, answer = :answer::text, decided_by = :by::uuid, decided_at = now()
 WHERE id = :id::uuid AND state = 'open' RETURNING id;
