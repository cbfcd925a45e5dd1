-- Which text of each shipped app was installed last, so that a start need not read and compare it again.

CREATE TABLE zk_installed (
    app      text PRIMARY KEY,
    checksum text NOT NULL,
    at       timestamptz NOT NULL DEFAULT now()
);
