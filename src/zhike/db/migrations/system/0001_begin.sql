-- Workspaces, who may sign in to them, and what is common to all: the administrative divisions of China.

CREATE TABLE zhike.workspace (
    slug       text PRIMARY KEY CHECK (slug ~ '^[a-z][a-z0-9_]{0,39}$'),
    label      text NOT NULL DEFAULT '',
    zone       text NOT NULL DEFAULT 'Asia/Shanghai',
    host       text UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE zhike.account (
    id           uuid PRIMARY KEY DEFAULT uuidv7(),
    workspace    text NOT NULL REFERENCES zhike.workspace ON DELETE CASCADE,
    login        text NOT NULL,
    password     text,                      -- argon2id; NULL: cannot sign in by password
    failures     integer NOT NULL DEFAULT 0,
    locked_until timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX account_login ON zhike.account (workspace, lower(login));

CREATE TABLE zhike.session (
    token      bytea PRIMARY KEY,           -- sha256 of the cookie
    account    uuid NOT NULL REFERENCES zhike.account ON DELETE CASCADE,
    ip         text NOT NULL DEFAULT '',
    agent      text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX session_account ON zhike.session (account);

CREATE TABLE zhike.api_key (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    account    uuid NOT NULL REFERENCES zhike.account ON DELETE CASCADE,
    name       text NOT NULL,
    prefix     text NOT NULL,               -- shown in lists, to tell keys apart
    secret     bytea NOT NULL UNIQUE,       -- sha256 of the key
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    used_at    timestamptz
);

CREATE TABLE zhike.region (
    code text COLLATE "C" PRIMARY KEY,      -- GB/T 2260; shorter codes for the large regions (华东 …)
    name text NOT NULL,
    path text NOT NULL                      -- 浙江省/杭州市/西湖区
);
