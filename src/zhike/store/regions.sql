-- edition
-- Which edition of the divisions the table holds.
SELECT version FROM zhike.region_edition;

-- lock_regions
-- Two starts at once fill the table one after the other.
LOCK TABLE zhike.region IN SHARE ROW EXCLUSIVE MODE;

-- empty_regions
-- A new edition replaces the old one whole.
DELETE FROM zhike.region;

-- note_edition
-- Remember which edition it is now.
INSERT INTO zhike.region_edition (one, version) VALUES (true, :version::text)
ON CONFLICT (one) DO UPDATE SET version = EXCLUDED.version;
