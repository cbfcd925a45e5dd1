-- Wrong sign-ins are counted in one place for all processes: per address, per login and per both. The
-- account itself knows nothing of it.

CREATE TABLE zhike.attempt (
    key     text PRIMARY KEY,               -- what is counted: an address, a login, or both
    free    integer NOT NULL,               -- so many may go wrong before it is locked at all
    longest integer NOT NULL,               -- the longest lock, in seconds
    count   integer NOT NULL DEFAULT 1,
    last_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX attempt_last_at ON zhike.attempt (last_at);

-- Each wrong one after the free ones doubles the lock.
CREATE FUNCTION zhike.locked_until(a zhike.attempt) RETURNS timestamptz LANGUAGE sql STABLE RETURN
    CASE WHEN a.count >= a.free
         THEN a.last_at + make_interval(secs => least(a.longest, 30 * 2 ^ least(a.count - a.free, 10)))
    END;

ALTER TABLE zhike.account DROP COLUMN failures, DROP COLUMN locked_until;
