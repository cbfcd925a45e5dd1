-- wait_for_turn
-- One process migrates at a time; the lock goes with the transaction.
SELECT pg_advisory_xact_lock(hashtextextended('zhike migrate', 0));

-- look_again
-- Locking a catalog makes the session hear of the schemas that others made while it waited.
SELECT count(*) FROM pg_namespace;

-- begin
-- What must be there before the first migration can be recorded.
CREATE SCHEMA IF NOT EXISTS zhike;
CREATE TABLE IF NOT EXISTS zhike.migration (
    schema   text NOT NULL,
    number   integer NOT NULL,
    name     text NOT NULL,
    checksum text NOT NULL,
    at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (schema, number)
);
CREATE TABLE IF NOT EXISTS zhike.job_migration (
    name text PRIMARY KEY,
    at   timestamptz NOT NULL DEFAULT now()
);

-- begun
-- Whether this database was ever migrated.
SELECT to_regclass('zhike.job_migration') IS NOT NULL;

-- recorded
-- All migrations that were run, to see in one glance whether anything is left to do.
SELECT schema, number, name, checksum FROM zhike.migration ORDER BY schema, number;

-- record
-- Remember a migration, with what its file said at the time.
INSERT INTO zhike.migration (schema, number, name, checksum)
VALUES (:schema, :number, :name, :checksum);

-- recorded_jobs
-- Which of the queue's own migrations were run.
SELECT name FROM zhike.job_migration;

-- record_jobs
-- Remember the queue's migrations.
INSERT INTO zhike.job_migration (name) SELECT unnest(:names::text[]);

-- workspaces
-- Every workspace, in the order they were made.
SELECT slug FROM zhike.workspace ORDER BY created_at, slug;

-- add_workspace
-- Make a workspace known; nothing happens if it is.
INSERT INTO zhike.workspace (slug, label, zone) VALUES (:slug, :label, :zone) ON CONFLICT DO NOTHING;

-- remove_workspace
-- Forget a workspace and the accounts of its people.
DELETE FROM zhike.workspace WHERE slug = :slug;

-- forget_migrations
-- The schema is gone, and with it what was done to it.
DELETE FROM zhike.migration WHERE schema = :schema;

-- forget_jobs
-- Nobody is left to work for; a job that runs at this moment comes to its own end.
DELETE FROM zhike.procrastinate_jobs WHERE status <> 'doing' AND args ->> 'workspace' = :slug;

-- event_months
-- Have partitions for the events of this month and the coming ones.
SELECT count(*) FILTER (WHERE zhike.make_event_month(:workspace, month::date))
FROM generate_series(
    date_trunc('month', now() AT TIME ZONE 'UTC'),
    date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => :ahead::int),
    interval '1 month'
) AS month;
