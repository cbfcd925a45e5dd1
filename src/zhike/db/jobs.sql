-- defer
-- Queue a job in the transaction of its data. A second one with the same :once waits for nothing.
INSERT INTO zhike.procrastinate_jobs (queue_name, task_name, args, queueing_lock, scheduled_at)
VALUES (:queue, :task, :args::jsonb, :once, :at::timestamptz)
ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
RETURNING id;

-- counts
-- How full the queue is.
SELECT status::text, count(*) FROM zhike.procrastinate_jobs GROUP BY status;
