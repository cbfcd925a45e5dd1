-- Whom people met at the identity gate without seeing the record, and what they asked for then.

-- A card is what somebody was told of a record they do not see. It stands for the record, whose id they are not told.
CREATE TABLE zk_identity_card (
    id     uuid PRIMARY KEY DEFAULT uuidv7(),
    at     timestamptz NOT NULL DEFAULT now(),
    asker  uuid NOT NULL REFERENCES zk_user ON DELETE CASCADE,
    object text NOT NULL,
    record uuid NOT NULL
);
CREATE INDEX zk_identity_card_asker ON zk_identity_card (asker, at);

-- 申请: to see the record, to work on it as well, or to be given it. Its owner, or whoever the owner reports to, decides.
CREATE TABLE zk_identity_wish (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    created_at timestamptz NOT NULL DEFAULT now(),
    asker      uuid NOT NULL REFERENCES zk_user ON DELETE CASCADE,
    object     text NOT NULL,
    record     uuid NOT NULL,
    title      text NOT NULL DEFAULT '',    -- as the asker was told it
    wish       text NOT NULL CHECK (wish IN ('access', 'collaboration', 'release')),
    reason     text NOT NULL DEFAULT '',
    state      text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'granted', 'refused')),
    answer     text NOT NULL DEFAULT '',
    decided_by uuid,
    decided_at timestamptz
);
CREATE UNIQUE INDEX zk_identity_wish_open ON zk_identity_wish (asker, object, record, wish) WHERE state = 'open';
CREATE INDEX zk_identity_wish_record ON zk_identity_wish (object, record);
