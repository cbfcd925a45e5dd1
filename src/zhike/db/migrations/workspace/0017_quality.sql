-- How good the records of an object were, day by day and by whom they belong to: sums, so that days and people add up.
CREATE TABLE zk_quality_day (
    object       text NOT NULL,
    day          date NOT NULL,
    owner        uuid,
    department   uuid,
    records      bigint NOT NULL,
    quality      numeric NOT NULL,
    completeness numeric NOT NULL,
    validity     numeric NOT NULL,
    freshness    numeric NOT NULL,
    uniqueness   numeric NOT NULL,
    UNIQUE NULLS NOT DISTINCT (object, day, owner, department)
);

-- Which records a pair is about: what a merge or a decision changes is looked up by record.
CREATE INDEX zk_identity_pair_a ON zk_identity_pair (a);
CREATE INDEX zk_identity_pair_b ON zk_identity_pair (b);
