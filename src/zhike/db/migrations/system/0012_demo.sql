-- The demo company that somebody asked for in the browser: once for a workspace.

CREATE TABLE zhike.demo (
    id        uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace text NOT NULL UNIQUE,
    customers integer NOT NULL,
    done      integer NOT NULL DEFAULT 0,
    records   integer NOT NULL DEFAULT 0,
    state     text NOT NULL DEFAULT 'waiting',
    problem   text NOT NULL DEFAULT '',
    asked_by  uuid,
    asked_at  timestamptz NOT NULL DEFAULT now(),
    ended_at  timestamptz
);
COMMENT ON TABLE zhike.demo IS 'The demo company, as somebody asked for it in the browser';
COMMENT ON COLUMN zhike.demo.done IS 'Customers written so far';
