-- Secrets that other systems want to be shown, and how the directory of the company knows people.

CREATE TABLE zk_secret (
    name       text PRIMARY KEY,
    sealed     bytea NOT NULL,              -- encrypted; the key is not in the database
    updated_at timestamptz NOT NULL DEFAULT now(),
    updated_by uuid
);

-- What a directory (SCIM) says of a person beyond what the platform itself wants to know.
CREATE TABLE zk_directory_person (
    "user"     uuid PRIMARY KEY REFERENCES zk_user ON DELETE CASCADE,
    external   text UNIQUE,                 -- its own id for the person
    family     text NOT NULL DEFAULT '',
    given      text NOT NULL DEFAULT '',
    removed_at timestamptz                  -- it no longer knows this person
);
