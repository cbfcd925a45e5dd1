-- What goes along with records that are given away is kept beside them, so that it comes back with them.

ALTER TABLE zk_sweep_item ADD COLUMN object text;    -- what it is a record of; NULL: of the sweep's own object
COMMENT ON COLUMN zk_sweep_item.outcome IS 'waiting; done, unchanged, refused; along, stayed; undone, kept';
