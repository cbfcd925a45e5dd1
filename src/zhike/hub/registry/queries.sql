-- Company registers: answers that are remembered, calls that are counted.

-- remembered
-- An answer that is not too old.
SELECT answer FROM zk_registry_answer
 WHERE registry = :registry AND question = :question AND fetched_at > now() - make_interval(days => :days);

-- remember
INSERT INTO zk_registry_answer (registry, question, answer) VALUES (:registry, :question, :answer)
    ON CONFLICT (registry, question) DO UPDATE SET answer = excluded.answer, fetched_at = now();

-- forget
-- What is older than any document lets it be.
DELETE FROM zk_registry_answer WHERE registry = :registry AND fetched_at <= now() - make_interval(days => :days);

-- wait_for_turn
-- Calls to one register are counted one after the other: two at once could both be the last that is allowed.
SELECT pg_advisory_xact_lock(hashtextextended('zhike registry ' || current_schema || ' ' || :registry, 0));

-- count_call
-- Count a call before it is made, unless it would be one too many.
INSERT INTO zk_registry_use AS u (registry, day, person, calls, cost)
SELECT :registry, (now() AT TIME ZONE :zone)::date, :person, 1, :cost::numeric
 WHERE :per_person > 0 AND :per_day > COALESCE((
           SELECT sum(o.calls) FROM zk_registry_use AS o
            WHERE o.registry = :registry AND o.day = (now() AT TIME ZONE :zone)::date), 0)
    ON CONFLICT (registry, day, person) DO UPDATE SET calls = u.calls + 1, cost = u.cost + excluded.cost
     WHERE u.calls < :per_person
RETURNING calls;

-- count_remembered
INSERT INTO zk_registry_use AS u (registry, day, person, remembered)
VALUES (:registry, (now() AT TIME ZONE :zone)::date, :person, 1)
    ON CONFLICT (registry, day, person) DO UPDATE SET remembered = u.remembered + 1;

-- count_failed
-- A call that brought nothing is not paid for.
UPDATE zk_registry_use SET failed = failed + 1, cost = cost - :cost::numeric
 WHERE registry = :registry AND day = (now() AT TIME ZONE :zone)::date AND person = :person;

-- usage
-- By register and month, newest first.
SELECT registry, to_char(day, 'YYYY-MM') AS month, sum(calls)::int, sum(failed)::int, sum(remembered)::int,
       sum(cost)::text
  FROM zk_registry_use WHERE day > current_date - 400 GROUP BY 1, 2 ORDER BY 2 DESC, 1;
