-- From which line of a file a change came; with the import (`cause`) it tells where each value was read.
ALTER TABLE zk_event ADD COLUMN line integer;
