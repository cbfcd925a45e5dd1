-- Where strangers fill a form in: an address that is given out, and can be closed again. It is no part
-- of the form's document, which other workspaces may take over.

CREATE TABLE zk_form_address (
    form       text PRIMARY KEY,
    address    text NOT NULL UNIQUE,
    seal       bytea NOT NULL,
    open       boolean NOT NULL DEFAULT true,
    ends_at    timestamptz,
    owner      uuid,
    made_by    uuid,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE zk_form_address IS 'Where strangers fill in a public form';
COMMENT ON COLUMN zk_form_address.address IS 'What nobody guesses; it is in the link that is given out';
COMMENT ON COLUMN zk_form_address.seal IS 'With what the tickets of its page are sealed';
COMMENT ON COLUMN zk_form_address.owner IS 'Whose the records are that come in; nobody''s if empty';

-- How often a form may still be sent at once, by everybody or from one network address. A crash
-- forgets it, which costs a minute.
CREATE UNLOGGED TABLE zk_form_allowance (
    key   uuid PRIMARY KEY,
    free  double precision NOT NULL,
    given integer NOT NULL,
    at    timestamptz NOT NULL
);
CREATE INDEX zk_form_allowance_at ON zk_form_allowance (at);
COMMENT ON TABLE zk_form_allowance IS 'How often public forms may be sent at the moment';
