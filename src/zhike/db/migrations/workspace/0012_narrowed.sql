-- What the key a job was asked with leaves of its owner's rights; NULL: all of them.

ALTER TABLE zk_import ADD COLUMN narrowed text[];
ALTER TABLE zk_handover ADD COLUMN narrowed text[];
