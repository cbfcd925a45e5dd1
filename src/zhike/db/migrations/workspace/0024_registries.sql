-- What company registers said, and what asking them cost.

CREATE TABLE zk_registry_answer (
    registry text NOT NULL,
    question text NOT NULL,
    fetched_at timestamptz NOT NULL DEFAULT now(),
    answer jsonb NOT NULL,
    PRIMARY KEY (registry, question)
);
CREATE INDEX zk_registry_answer_age ON zk_registry_answer (fetched_at);
COMMENT ON TABLE zk_registry_answer IS 'What company registers said, remembered for as long as their documents say';

CREATE TABLE zk_registry_use (
    registry text NOT NULL,
    day date NOT NULL,
    person uuid NOT NULL,
    calls integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0,
    remembered integer NOT NULL DEFAULT 0,
    cost numeric(12, 4) NOT NULL DEFAULT 0,
    PRIMARY KEY (registry, day, person)
);
COMMENT ON TABLE zk_registry_use IS 'Calls to company registers by person and day';
COMMENT ON COLUMN zk_registry_use.remembered IS 'Questions that were answered from what is remembered';
