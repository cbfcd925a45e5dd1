-- What the last run learnt: how often records of one party agree so (m), and records of two parties (u). The gate
-- judges by the same. The row with the comparison '' is the prior: m that two records are the same, u that they are not.
CREATE TABLE zk_match_weight (
    object     text NOT NULL,
    comparison text NOT NULL,               -- the field; the levels are those of the scale of its kind
    level      smallint NOT NULL,           -- from 0, the highest, in the order of the scale
    m          double precision NOT NULL CHECK (m > 0),
    u          double precision NOT NULL CHECK (u > 0),
    learned_at timestamptz NOT NULL DEFAULT now(),
    run        uuid REFERENCES zk_identity_run ON DELETE SET NULL,
    PRIMARY KEY (object, comparison, level)
);
