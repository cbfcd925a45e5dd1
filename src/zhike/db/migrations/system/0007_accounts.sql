-- What signing in needs beside a password that fits: rules about passwords, sessions that can be looked
-- at and ended one by one, keys that may do less than their owner.

ALTER TABLE zhike.account
    ADD COLUMN must_change boolean NOT NULL DEFAULT false,      -- the password, before anything else
    ADD COLUMN password_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN ends_at     timestamptz;                         -- an emergency account is good until then

CREATE TABLE zhike.earlier_password (
    account  uuid NOT NULL REFERENCES zhike.account ON DELETE CASCADE,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    password text NOT NULL,                                     -- argon2id
    PRIMARY KEY (account, at)
);

ALTER TABLE zhike.session
    ADD COLUMN id      uuid NOT NULL DEFAULT uuidv7() UNIQUE,
    ADD COLUMN way     text NOT NULL DEFAULT 'password',        -- how it was opened, as the sign-in log says it
    ADD COLUMN first   text NOT NULL DEFAULT '',                -- what has to be done before anything else
    ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN seen_ip text NOT NULL DEFAULT '';
UPDATE zhike.session SET seen_ip = ip;

ALTER TABLE zhike.api_key
    ADD COLUMN scopes     text[],                               -- object:action; NULL: all that its owner may
    ADD COLUMN per_minute integer CHECK (per_minute > 0),       -- requests; NULL: as many as come
    ADD COLUMN made_by    uuid REFERENCES zhike.api_key ON DELETE CASCADE,
    ADD COLUMN allowance  uuid,                                 -- the key whose requests per minute it shares
    ADD COLUMN used_ip    text NOT NULL DEFAULT '';
UPDATE zhike.api_key SET allowance = id;
CREATE INDEX api_key_account ON zhike.api_key (account);
CREATE INDEX api_key_made_by ON zhike.api_key (made_by);

-- How many requests are left to a key. Lost in a crash, which gives each key a full minute at once.
CREATE UNLOGGED TABLE zhike.allowance (
    key   uuid PRIMARY KEY REFERENCES zhike.api_key ON DELETE CASCADE,
    free  double precision NOT NULL,
    given integer NOT NULL,                                     -- what whoever asked last was given
    at    timestamptz NOT NULL
);

-- How long the first lock lasts; each wrong password after it doubles the lock up to the longest.
ALTER TABLE zhike.attempt ADD COLUMN shortest integer NOT NULL DEFAULT 30;
CREATE OR REPLACE FUNCTION zhike.locked_until(a zhike.attempt) RETURNS timestamptz LANGUAGE sql STABLE RETURN
    CASE WHEN a.count >= a.free
         THEN a.last_at + make_interval(secs => least(a.longest, a.shortest * 2 ^ least(a.count - a.free, 10)))
    END;
