-- The median time to an event among people of whom some still wait, and its interval: the product-limit estimate of
-- Kaplan and Meier (1958), JASA 53, 457-481, with the log-log limits at 95 % and the interval of Brookmeyer and Crowley
-- (1982), Biometrics 38, 29-41. `days` and `happened` side by side: followed for how long, and whether it happened then;
-- at equal times events come before the end of following. NULL: not reached.
-- It is the arithmetic of readiness/kpis.py, here once more because how long the people of a group waited must not leave
-- the database: tests/mentoring/test_median_wait.py holds the two together.
CREATE FUNCTION mentoring_median_wait(days integer[], happened boolean[])
RETURNS TABLE (median integer, low integer, high integer)
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
WITH moment AS (
    SELECT f.day, count(*) FILTER (WHERE f.happened)::float8 AS events,
           (sum(count(*)) OVER (ORDER BY f.day DESC))::float8 AS at_risk
    FROM unnest(days, happened) AS f (day, happened) GROUP BY f.day
), hazard AS (
    -- Where everybody left has the event, nobody waits any longer: no logarithm, and no interval.
    SELECT m.day, m.events = m.at_risk AS last,
           ln(nullif(m.at_risk - m.events, 0) / m.at_risk) AS decline,
           m.events / (m.at_risk * nullif(m.at_risk - m.events, 0)) AS variance
    FROM moment m WHERE m.events > 0
), curve AS (
    SELECT h.day, h.last, sum(h.decline) OVER w AS log_waiting,
           1.959963984540054 * sqrt(sum(h.variance) OVER w) / -sum(h.decline) OVER w AS spread
    FROM hazard h WINDOW w AS (ORDER BY h.day)
)
-- In logarithms, and with a hair's breadth: products of fractions miss a half by rounding only.
SELECT min(c.day) FILTER (WHERE c.last OR c.log_waiting <= ln(0.5 + 1e-12)),
       min(c.day) FILTER (WHERE NOT c.last AND c.log_waiting * exp(c.spread) <= ln(0.5 + 1e-12)),
       min(c.day) FILTER (WHERE NOT c.last AND c.log_waiting * exp(-c.spread) <= ln(0.5 + 1e-12))
FROM curve c
$$;
REVOKE ALL ON FUNCTION mentoring_median_wait(integer[], boolean[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mentoring_median_wait(integer[], boolean[]) TO clinicleader_app;
