-- 通知: what somebody is told of, which kinds they do not want, and how far the logs were read for it.

CREATE TABLE zk_notification (
    id      uuid PRIMARY KEY DEFAULT uuidv7(),
    "user"  uuid NOT NULL REFERENCES zk_user ON DELETE CASCADE,
    kind    text NOT NULL,                      -- given, team, shared, mentioned, request, answer, approval, export, job, due
    at      timestamptz NOT NULL DEFAULT now(),
    actor   uuid,                               -- who did it; NULL: the platform
    object  text NOT NULL DEFAULT '',
    records uuid[] NOT NULL DEFAULT '{}',       -- the first few; what they are called is read when somebody looks
    facts   jsonb NOT NULL DEFAULT '{}',        -- words and numbers, never a value of a record
    knot    text NOT NULL,                      -- what is told of once: a transaction, an import, the end of a job
    read_at timestamptz,
    UNIQUE ("user", kind, knot)
);
CREATE INDEX zk_notification_user ON zk_notification ("user", id);
CREATE INDEX zk_notification_unread ON zk_notification ("user", id) WHERE read_at IS NULL;

CREATE TABLE zk_notification_off (
    "user" uuid NOT NULL REFERENCES zk_user ON DELETE CASCADE,
    kind   text NOT NULL,
    PRIMARY KEY ("user", kind)
);

-- Everything in a log up to here is told of. Up to the mark it may be read once nobody writes any more who began
-- before the barrier.
CREATE TABLE zk_notification_place (
    log     text PRIMARY KEY CHECK (log IN ('changes', 'operations')),
    upto    bigint NOT NULL,
    mark    bigint,
    barrier xid8
);
-- What happened before there were notifications is not told of.
INSERT INTO zk_notification_place (log, upto)
SELECT 'changes', CASE WHEN is_called THEN last_value ELSE 0 END FROM zk_event_seq_seq
UNION ALL
SELECT 'operations', CASE WHEN is_called THEN last_value ELSE 0 END FROM zk_operation_seq_seq;
