-- defer
-- Queue a job in the transaction of its data. A second one with the same :once waits for nothing.
INSERT INTO zhike.procrastinate_jobs (queue_name, task_name, args, queueing_lock, scheduled_at)
VALUES (:queue, :task, :args::jsonb, :once, :at::timestamptz)
ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
RETURNING id;

-- known
-- Whether some work is in the queue and not over.
SELECT EXISTS (SELECT FROM zhike.procrastinate_jobs
                WHERE task_name = :task AND args = :args::jsonb AND status IN ('todo', 'doing'));

-- counts
-- How full the queue is.
SELECT status::text, count(*) FROM zhike.procrastinate_jobs GROUP BY status;
