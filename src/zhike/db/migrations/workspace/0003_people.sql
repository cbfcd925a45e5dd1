-- What people are granted beside their roles, and the logs of what they do.

-- A record (or a saved view) opened to somebody its owner names. Colleagues who work on a record
-- together (协作人) are its team: shares to single people, without an end.
CREATE TABLE zk_share (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    object     text NOT NULL,
    record     uuid NOT NULL,
    grantee    text NOT NULL,               -- user:<id>, department:<id> (with all below), role:<key>
    level      text NOT NULL CHECK (level IN ('read', 'write')),
    team       boolean NOT NULL DEFAULT false,
    until      timestamptz,
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (object, record, grantee, team)
);
CREATE INDEX zk_share_grantee ON zk_share (grantee, object, record);

-- What is granted to one person alone, on one object: a grant as a role would say it.
CREATE TABLE zk_personal_grant (
    "user"     uuid NOT NULL REFERENCES zk_user ON DELETE CASCADE,
    object     text NOT NULL,
    body       jsonb NOT NULL,
    reason     text NOT NULL DEFAULT '',
    until      timestamptz,
    created_by uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY ("user", object)
);

-- 操作日志: what people did to people, rights, configuration, exports; what sensitive things they looked at.
CREATE TABLE zk_operation (
    seq    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid    xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at     timestamptz NOT NULL DEFAULT now(),
    actor  uuid,
    name   text NOT NULL DEFAULT '',        -- of the actor, as it was then
    seen_by uuid,                           -- who really sat there, if the actor was looked through
    act    text NOT NULL,                   -- user.changed, role.changed, export.asked, field.revealed …
    object text NOT NULL DEFAULT '',
    target text NOT NULL DEFAULT '',        -- id or key of what it was done to
    label  text NOT NULL DEFAULT '',        -- what that was called then
    old    jsonb,
    new    jsonb,
    reason text NOT NULL DEFAULT '',
    source text NOT NULL DEFAULT '',
    ip     text NOT NULL DEFAULT '',
    agent  text NOT NULL DEFAULT '',
    request text NOT NULL DEFAULT ''
);
CREATE INDEX zk_operation_at ON zk_operation (at);
CREATE INDEX zk_operation_actor ON zk_operation (actor, seq);
CREATE INDEX zk_operation_target ON zk_operation (object, target, seq);

-- 登录日志: every sign-in, right or wrong, and every end of a session.
CREATE TABLE zk_sign_in (
    seq     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid     xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at      timestamptz NOT NULL DEFAULT now(),
    "user"  uuid,
    login   text NOT NULL,                  -- as it was typed
    way     text NOT NULL DEFAULT 'password', -- password, totp, passkey, oidc, break_glass
    outcome text NOT NULL,                  -- signed_in, wrong, locked, second_factor, signed_out, revoked
    ip      text NOT NULL DEFAULT '',
    agent   text NOT NULL DEFAULT ''
);
CREATE INDEX zk_sign_in_at ON zk_sign_in (at);
CREATE INDEX zk_sign_in_user ON zk_sign_in ("user", seq);
