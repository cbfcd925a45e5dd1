-- demo
-- The demo company of this workspace, if somebody asked for it.
SELECT id, customers, done, records, state, problem FROM zhike.demo WHERE workspace = :workspace::text;

-- ask_demo
-- Ask for the demo company; nobody asks twice, unless the first time came to nothing.
INSERT INTO zhike.demo AS d (workspace, customers, asked_by)
VALUES (:workspace::text, :customers::int, :by::uuid)
ON CONFLICT (workspace) DO UPDATE
   SET id = gen_random_uuid(), customers = EXCLUDED.customers, asked_by = EXCLUDED.asked_by,
       done = 0, records = 0, state = 'waiting', problem = '', asked_at = now(), ended_at = NULL
 WHERE d.state IN ('failed', 'done')
RETURNING id;

-- begin_demo
-- It runs; one that is over stays over.
UPDATE zhike.demo SET state = 'running' WHERE id = :id::uuid AND state IN ('waiting', 'running') RETURNING id;

-- demo_done
-- How far the company is.
UPDATE zhike.demo SET done = done + :customers::int, records = records + :records::int WHERE id = :id::uuid;

-- end_demo
-- How it ended.
UPDATE zhike.demo SET state = :state::text, problem = :problem::text, ended_at = now() WHERE id = :id::uuid;
