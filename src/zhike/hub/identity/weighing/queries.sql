-- weights
-- What the runs over some objects learnt last.
SELECT object, comparison, level, m, u FROM zk_match_weight WHERE object = ANY(:objects::text[])
 ORDER BY object, comparison, level;
