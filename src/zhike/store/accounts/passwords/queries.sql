-- set_password
-- A new password, if the one it comes instead of is still the kept one; that one is remembered as long as asked.
WITH old AS (
    SELECT id, password FROM zhike.account WHERE id = :account::uuid FOR UPDATE
), done AS (
    UPDATE zhike.account a SET password = :password::text, password_at = now(), must_change = :must_change::boolean
      FROM old WHERE a.id = old.id AND (:instead_of::text IS NULL OR old.password = :instead_of::text)
    RETURNING old.password
), remembered AS (
    INSERT INTO zhike.earlier_password (account, password)
    SELECT :account::uuid, password FROM done WHERE password IS NOT NULL AND :history::int > 0
)
SELECT count(*) FROM done;

-- forget_earlier
-- No more earlier passwords are remembered than the rules ask for.
DELETE FROM zhike.earlier_password e WHERE e.account = :account::uuid
   AND e.at NOT IN (SELECT at FROM zhike.earlier_password WHERE account = :account::uuid
                     ORDER BY at DESC LIMIT :history::int);

-- own
-- What changing one's own password has to know: the kept one, the earlier ones, and what must not stand in it.
SELECT a.password, ARRAY(SELECT password FROM zhike.earlier_password e WHERE e.account = a.id
                          ORDER BY at DESC LIMIT :history::int),
       ARRAY[u.login, u.name, u.number, u.mobile, u.email]
  FROM zhike.account a JOIN zk_user u ON u.id = a.id WHERE a.id = :account::uuid;
