-- installed
-- The checksum of an app's text as it was installed last.
SELECT checksum FROM zk_installed WHERE app = :app::text;

-- note_installed
-- Remember which text was installed.
INSERT INTO zk_installed (app, checksum) VALUES (:app::text, :checksum::text)
ON CONFLICT (app) DO UPDATE SET checksum = EXCLUDED.checksum, at = now();

-- all_installed
-- The checksums of all apps as they were installed last.
SELECT app, checksum FROM zk_installed;
