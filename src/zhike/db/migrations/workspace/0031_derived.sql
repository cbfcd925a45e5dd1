-- By which version of its rules each hidden column was derived. An installation that is older than
-- this table does not know: it derives everything anew at its next start.

CREATE TABLE zk_derived (
    what text PRIMARY KEY,
    version integer NOT NULL
);
COMMENT ON TABLE zk_derived IS 'By which version of its rules programs derived a hidden column';
