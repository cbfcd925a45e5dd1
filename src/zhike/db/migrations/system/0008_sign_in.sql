-- The ways to sign in beside the password.

-- Generators of codes (TOTP), one per person; kept only once a first code has shown that they work.
CREATE TABLE zhike.totp (
    account    uuid PRIMARY KEY REFERENCES zhike.account ON DELETE CASCADE,
    secret     bytea NOT NULL,              -- encrypted; the key is not in the database
    created_at timestamptz NOT NULL DEFAULT now(),
    last_step  bigint NOT NULL              -- of the last code that was taken: none is taken twice
);

CREATE TABLE zhike.recovery_code (
    account uuid NOT NULL REFERENCES zhike.account ON DELETE CASCADE,
    print   bytea NOT NULL,                 -- keyed hash
    PRIMARY KEY (account, print)
);

CREATE TABLE zhike.passkey (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    account    uuid NOT NULL REFERENCES zhike.account ON DELETE CASCADE,
    workspace  text NOT NULL REFERENCES zhike.workspace ON DELETE CASCADE,
    credential bytea NOT NULL,
    public_key bytea NOT NULL,
    site       text NOT NULL,               -- the host name it was made for
    sign_count bigint NOT NULL DEFAULT 0,
    transports text[] NOT NULL DEFAULT '{}',
    backed_up  boolean NOT NULL DEFAULT false,
    name       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at    timestamptz,
    UNIQUE (workspace, credential)
);
CREATE INDEX passkey_account ON zhike.passkey (account);

-- Whom an identity provider (OIDC) means by one of its subjects.
CREATE TABLE zhike.provider_link (
    workspace  text NOT NULL REFERENCES zhike.workspace ON DELETE CASCADE,
    issuer     text NOT NULL,
    subject    text NOT NULL,
    provider   text NOT NULL,               -- key of an `identity_provider` document
    account    uuid NOT NULL REFERENCES zhike.account ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at    timestamptz,
    PRIMARY KEY (workspace, issuer, subject)
);
CREATE INDEX provider_link_account ON zhike.provider_link (account);

-- Tickets that were used; each is good for once.
CREATE TABLE zhike.spent_ticket (
    print      bytea PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
CREATE INDEX spent_ticket_expires_at ON zhike.spent_ticket (expires_at);
