-- Who is here and who is not; what a person is found by.

ALTER TABLE zk_user
    ADD COLUMN zone          text,                      -- of the person; NULL: that of the workspace
    ADD COLUMN joined_on     date,
    ADD COLUMN left_on       date,                      -- the last day on which the person is here
    ADD COLUMN absent_from   timestamptz,
    ADD COLUMN absent_until  timestamptz,
    ADD COLUMN absent_reason text,
    ADD COLUMN deputy        uuid REFERENCES zk_user,
    ADD COLUMN search        text NOT NULL DEFAULT '';  -- how the name is read: liminglang lml
CREATE INDEX zk_user_manager ON zk_user (manager);
CREATE INDEX zk_user_number ON zk_user (number);
CREATE INDEX zk_user_role_role ON zk_user_role (role);

UPDATE zk_user SET search = zhike.pinyin(name) || ' ' || coalesce(
    (SELECT string_agg(left(zhike.pinyin(c), 1), '' ORDER BY at)
       FROM regexp_split_to_table(name, '') WITH ORDINALITY AS letter (c, at)), '');

ALTER TABLE zk_department ADD COLUMN code text;
CREATE UNIQUE INDEX zk_department_code ON zk_department (lower(code)) WHERE deleted_at IS NULL;
