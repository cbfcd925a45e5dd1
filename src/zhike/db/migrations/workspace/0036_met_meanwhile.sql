-- While keys are renewed the gate may not recognise an older record: afterwards it is counted whom that let in.

ALTER TABLE zk_renewal ADD COLUMN met bigint;
COMMENT ON COLUMN zk_renewal.met IS 'Records written meanwhile that share a key with another one; NULL: not counted';
