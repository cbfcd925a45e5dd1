-- A session may look at the product through somebody else's eyes until it says otherwise.

ALTER TABLE zhike.session ADD COLUMN view_as uuid REFERENCES zhike.account ON DELETE SET NULL;
