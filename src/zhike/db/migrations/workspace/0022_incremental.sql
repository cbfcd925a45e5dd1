-- A run that follows another one: it judges by what that one learnt, and looks at what has changed since only.
ALTER TABLE zk_identity_run ADD COLUMN incremental boolean NOT NULL DEFAULT false;
ALTER TABLE zk_identity_run ADD COLUMN base uuid REFERENCES zk_identity_run ON DELETE SET NULL;
CREATE INDEX zk_identity_run_base ON zk_identity_run (base);
