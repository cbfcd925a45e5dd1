-- What the expression language asks of PostgreSQL beyond its own functions. They never raise an error,
-- whatever they are given: a value that makes no sense is NULL, as the language says.
-- No duration reaches further than about a thousand years, no date further than PostgreSQL's calendar.

-- A number as a count of characters or a position. It must not be called like a function of PostgreSQL
-- itself: this schema is in the search path, and an exact match of types would win.
CREATE FUNCTION zhike.whole(number numeric) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN number > 1000000 THEN 1000000 WHEN number >= 0 THEN trunc(number)::integer
         WHEN number < 0 THEN 0 END;

CREATE FUNCTION zhike.power(number numeric, exponent numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN number = 0 AND exponent < 0 THEN NULL
         WHEN number = 0 THEN CASE WHEN exponent = 0 THEN 1 ELSE 0 END
         WHEN number < 0 AND exponent <> trunc(exponent) THEN NULL
         WHEN abs(exponent) > 1000000 THEN NULL
         WHEN abs(exponent * ln(abs(number))) > 100 THEN NULL
         ELSE trim_scale(power(number, exponent)) END;

CREATE FUNCTION zhike.root(number numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN number >= 0 THEN trim_scale(sqrt(number)) END;

CREATE FUNCTION zhike.replaced(words text, old text, new text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN old IS NULL THEN words
         WHEN length(words)::bigint * (1 + length(coalesce(new, ''))) > 10000000 THEN NULL
         ELSE NULLIF(replace(words, old, coalesce(new, '')), '') END;

CREATE FUNCTION zhike.masked(words text, first integer, last integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN length(words) <= first + last THEN repeat('*', length(words))
         ELSE left(words, first) || repeat('*', length(words) - first - last) || right(words, last) END;

-- Whether a code lies in one of some half-open ranges.
CREATE FUNCTION zhike.within(code text, low text[], high text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    EXISTS (SELECT 1 FROM unnest(low, high) AS range(low, high)
             WHERE code COLLATE "C" >= range.low AND code COLLATE "C" < range.high);

CREATE FUNCTION zhike.same_items(one text[], other text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    coalesce(one, '{}') @> coalesce(other, '{}') AND coalesce(one, '{}') <@ coalesce(other, '{}');

CREATE FUNCTION zhike.same_items(one uuid[], other uuid[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    coalesce(one, '{}') @> coalesce(other, '{}') AND coalesce(one, '{}') <@ coalesce(other, '{}');

-- Durations and dates.

CREATE FUNCTION zhike.span(number numeric, unit text) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE unit
    WHEN 'minute'  THEN CASE WHEN abs(number) <= 525960000 THEN make_interval(mins => trunc(number)::integer) END
    WHEN 'hour'    THEN CASE WHEN abs(number) <= 8766000 THEN make_interval(hours => trunc(number)::integer) END
    WHEN 'day'     THEN CASE WHEN abs(number) <= 365250 THEN make_interval(days => trunc(number)::integer) END
    WHEN 'week'    THEN CASE WHEN abs(number) <= 52178 THEN make_interval(weeks => trunc(number)::integer) END
    WHEN 'month'   THEN CASE WHEN abs(number) <= 12000 THEN make_interval(months => trunc(number)::integer) END
    WHEN 'quarter' THEN CASE WHEN abs(number) <= 4000 THEN make_interval(months => 3 * trunc(number)::integer) END
    WHEN 'year'    THEN CASE WHEN abs(number) <= 1000 THEN make_interval(years => trunc(number)::integer) END
    END;

CREATE FUNCTION zhike.days(number numeric) RETURNS interval LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    zhike.span(number, 'day');

CREATE FUNCTION zhike.times(span interval, number numeric) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN abs(extract(epoch FROM span) * number) <= 31557600000 AND abs(number) < 1000000000
         THEN span * number::double precision END;

-- Days and moments are moved within the calendar that everybody uses, and not further.
CREATE FUNCTION zhike.moved(day date, span interval) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN day BETWEEN '0001-01-01' AND '9999-12-31' AND abs(extract(epoch FROM span)) <= 31622400000
         THEN (day + span)::date END;

CREATE FUNCTION zhike.moved(moment timestamptz, span interval) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE RETURN
    CASE WHEN moment BETWEEN '0001-01-02 00:00+00' AND '9999-12-30 00:00+00'
              AND abs(extract(epoch FROM span)) <= 31622400000
         THEN moment + span END;

-- A day from year, month and day, which may run over: the 14th month is February of the next year.
CREATE FUNCTION zhike.day(year numeric, month numeric, day numeric) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN year BETWEEN 1 AND 9999 AND abs(month) <= 12000 AND abs(day) <= 365250
         THEN (make_date(trunc(year)::integer, 1, 1)
               + make_interval(months => trunc(month)::integer - 1, days => trunc(day)::integer - 1))::date END;

CREATE FUNCTION zhike.day(words text) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE RETURN
    CASE WHEN words ~ '^\s*\d{4}-\d{1,2}-\d{1,2}' AND pg_input_is_valid(words, 'date') THEN words::date END;

CREATE FUNCTION zhike.start_of(day date, unit text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN date_trunc(unit, day::timestamp)::date;

CREATE FUNCTION zhike.start_of(moment timestamptz, unit text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE RETURN date_trunc(unit, moment);

-- Whole months from one day to another: the 31st of January to the 28th of February is none.
CREATE FUNCTION zhike.months_between(first date, last date) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    extract(year FROM age(last::timestamp, first::timestamp)) * 12
    + extract(month FROM age(last::timestamp, first::timestamp));

CREATE FUNCTION zhike.difference(first date, last date, unit text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE unit
    WHEN 'day'     THEN last - first
    WHEN 'week'    THEN trunc((last - first) / 7.0)
    WHEN 'month'   THEN zhike.months_between(first, last)
    WHEN 'quarter' THEN trunc(zhike.months_between(first, last) / 3)
    WHEN 'year'    THEN trunc(zhike.months_between(first, last) / 12)
    END;

CREATE FUNCTION zhike.difference(first timestamptz, last timestamptz, unit text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE unit
    WHEN 'minute' THEN trunc((extract(epoch FROM last) - extract(epoch FROM first)) / 60)
    WHEN 'hour'   THEN trunc((extract(epoch FROM last) - extract(epoch FROM first)) / 3600)
    END;

-- Days from Monday to Friday between two days, both included; negative if they stand the wrong way round.
CREATE FUNCTION zhike.weekdays_to(day date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    5 * floor((day - date '0001-01-01') / 7.0)::integer
    + least((day - date '0001-01-01') - 7 * floor((day - date '0001-01-01') / 7.0)::integer + 1, 5);

CREATE FUNCTION zhike.workdays(first date, last date) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE WHEN first <= last THEN zhike.weekdays_to(last) - zhike.weekdays_to(first - 1)
         WHEN first > last THEN zhike.weekdays_to(last - 1) - zhike.weekdays_to(first) END;
