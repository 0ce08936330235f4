-- What came of mentoring, by what people say of themselves: the one look at declarations that mentoring takes, after
-- matching and never for it. Of everybody who has entered a cohort, also those who have left since: whether they have had
-- a chair sponsor; how satisfied they were, as mentees, in the quarters closed until one; how long they waited, from
-- entering, for a titled role (as readiness/sql/careers.sql has it).
--
-- One partition for all three, of the whole organisation only, so that no group can be taken away from another. Nothing
-- below ten people who declared; groups of fewer than five are told together, with the smallest other group if they are
-- too few even so, and without their names: what fewer than five said are their own words.
-- In a group of which fewer than five rated there is no satisfaction; where fewer than five in all are hidden so, the
-- group with the fewest others is hidden too. No median rests on fewer than five roles.
-- All is coarse: people in steps of five; shares in steps of ten percent, from 10 to 90 and of fewer than ten people
-- from 20 to 80, so that none says everybody or nobody; means in quarter steps from 1.5 to 4.5; times in half years,
-- rounded up, the lower end of an interval down.
-- The function belongs to the tables' owner, who passes row security: it names the organisation itself.
CREATE FUNCTION mentoring_fairness(today date, closed text)
RETURNS TABLE (aspect text, groups text[], people integer, share integer, raters integer, satisfaction float8,
               waiting boolean, median float8, low float8, high float8)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
WITH entered AS (
    SELECT m.person_id, min(m.start_date) AS entry FROM public.people_cohortmembership m
    WHERE m.organization_id = public.tenancy_organization() AND m.start_date <= today
    GROUP BY 1
), rated AS (
    SELECT s.mentee_id, avg(g.overall)::float8 AS mean FROM public.mentoring_satisfaction g
    JOIN public.mentoring_mentorship s ON s.organization_id = g.organization_id AND s.id = g.mentorship_id
    WHERE g.organization_id = public.tenancy_organization() AND g.side = 'mentee' AND g.quarter <= closed
    GROUP BY 1
), mentee AS (
    SELECT p.id, rated.mean, role.first IS NOT NULL AS promoted,
           greatest(coalesce(role.first, least(p.end_date, today)) - entered.entry, 0) AS days,
           EXISTS (SELECT FROM public.mentoring_mentorship s
                   WHERE s.organization_id = p.organization_id AND s.mentee_id = p.id AND s.tier = 'chair'
                     AND s.started_on IS NOT NULL) AS had
    FROM entered
    JOIN public.people_person p ON p.organization_id = public.tenancy_organization() AND p.id = entered.person_id
    LEFT JOIN rated ON rated.mentee_id = p.id
    CROSS JOIN LATERAL (
        SELECT min(a.start_date) AS first FROM public.people_appointment a
        WHERE a.organization_id = p.organization_id AND a.person_id = p.id
          AND a.start_date BETWEEN entered.entry AND today) role
), declared AS (
    SELECT a.aspect, a.said, mentee.* FROM mentee
    JOIN public.people_demographics d
      ON d.organization_id = public.tenancy_organization() AND d.person_id = mentee.id
    CROSS JOIN LATERAL (VALUES ('gender', d.gender::text), ('ethnicity', d.ethnicity::text)) AS a (aspect, said)
    WHERE a.said <> ''
), counted AS (
    SELECT c.aspect, c.said, count(*) AS number, count(*) < 5 AS is_small,
           sum(count(*)) OVER (PARTITION BY c.aspect) AS pool
    FROM declared c GROUP BY 1, 2
), ranked AS (
    SELECT c.*, sum(c.number) FILTER (WHERE c.is_small) OVER (PARTITION BY c.aspect) AS small,
           row_number() OVER (PARTITION BY c.aspect, c.is_small ORDER BY c.number, c.said) AS place
    FROM counted c WHERE c.pool >= 10
), told AS (
    -- With the small ones goes the smallest of the others, where the small ones together are fewer than five.
    SELECT r.aspect, r.said, r.is_small, r.is_small OR (r.place = 1 AND coalesce(r.small, 5) < 5) AS merged
    FROM ranked r
), grouped AS (
    SELECT t.aspect, t.merged, array_agg(DISTINCT CASE WHEN t.is_small THEN '' ELSE t.said END) AS groups,
           count(*) AS people, count(*) FILTER (WHERE d.had) AS had, count(d.mean) AS raters, avg(d.mean) AS mean,
           count(*) FILTER (WHERE d.promoted) AS roles,
           array_agg(d.days ORDER BY d.id) AS days, array_agg(d.promoted ORDER BY d.id) AS promoted
    FROM told t JOIN declared d ON d.aspect = t.aspect AND d.said = t.said
    GROUP BY t.aspect, t.merged, CASE WHEN t.merged THEN '' ELSE t.said END
    HAVING count(*) >= 5
), hiding AS (
    SELECT g.*, sum(g.raters) FILTER (WHERE g.raters < 5) OVER (PARTITION BY g.aspect) AS hidden,
           row_number() OVER (PARTITION BY g.aspect, g.raters < 5 ORDER BY g.raters, g.groups) AS place
    FROM grouped g
), shown AS (
    SELECT h.*, h.raters >= 5 AND NOT (h.place = 1 AND coalesce(h.hidden, 5) < 5) AS rated,
           CASE WHEN h.people < 10 THEN 20 ELSE 10 END AS least
    FROM hiding h
)
SELECT s.aspect, s.groups, s.people::integer / 5 * 5,
       least(100 - s.least, greatest(s.least, 10 * round(10.0 * s.had / s.people)::integer)),
       CASE WHEN s.rated THEN s.raters::integer / 5 * 5 END,
       CASE WHEN s.rated THEN least(4.5, greatest(1.5, round(4 * s.mean) / 4)) END,
       w.median IS NULL,
       CASE WHEN s.roles >= 5 THEN ceil(w.median / 182.625) / 2 END,
       CASE WHEN s.roles >= 5 THEN floor(w.low / 182.625) / 2 END,
       CASE WHEN s.roles >= 5 THEN ceil(w.high / 182.625) / 2 END
FROM shown s CROSS JOIN LATERAL public.mentoring_median_wait(s.days, s.promoted) w
ORDER BY s.aspect, s.merged, s.groups
$$;
REVOKE ALL ON FUNCTION mentoring_fairness(date, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mentoring_fairness(date, text) TO clinicleader_app;
