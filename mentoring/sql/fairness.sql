-- Who has had a chair sponsor, by what mentees say of themselves: the one look at declarations that mentoring takes,
-- after matching and never for it. Groups of the whole organisation only, so that none can be taken away from
-- another. Nothing below ten people who declared; groups of fewer than five are told together, with the smallest
-- other group if they are too few even so, and without their names: what fewer than five said are their own words.
-- People in steps of five, shares in steps of ten percent, from 10 to 90 and of fewer than ten people from 20 to 80:
-- nowhere does a share say that everybody had a sponsor, or nobody.
-- The function belongs to the tables' owner, who passes row security: it names the organisation itself.
CREATE FUNCTION mentoring_chair_sponsors_by_group(today date)
RETURNS TABLE (aspect text, groups text[], people integer, share integer)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
WITH mentee AS (
    SELECT p.id, EXISTS (
        SELECT FROM public.mentoring_mentorship s
        WHERE s.organization_id = p.organization_id AND s.mentee_id = p.id AND s.tier = 'chair'
          AND s.started_on IS NOT NULL) AS had
    FROM public.people_person p
    WHERE p.organization_id = public.tenancy_organization() AND (p.end_date IS NULL OR p.end_date >= today)
      AND EXISTS (
        SELECT FROM public.people_cohortmembership m
        WHERE m.organization_id = p.organization_id AND m.person_id = p.id
          AND m.start_date <= today AND (m.end_date IS NULL OR m.end_date > today))
), declared AS (
    SELECT a.aspect, a.said, mentee.had FROM mentee
    JOIN public.people_demographics d
      ON d.organization_id = public.tenancy_organization() AND d.person_id = mentee.id
    CROSS JOIN LATERAL (VALUES ('gender', d.gender::text), ('ethnicity', d.ethnicity::text)) AS a (aspect, said)
    WHERE a.said <> ''
), counted AS (
    SELECT c.aspect, c.said, count(*) AS number, count(*) FILTER (WHERE c.had) AS had,
           sum(count(*)) OVER (PARTITION BY c.aspect) AS pool
    FROM declared c GROUP BY 1, 2
), small AS (
    SELECT c.aspect, sum(c.number) AS number FROM counted c WHERE c.number < 5 GROUP BY 1
), ranked AS (
    SELECT c.*, c.number < 5 AS is_small,
           row_number() OVER (PARTITION BY c.aspect, c.number < 5 ORDER BY c.number, c.said) AS place
    FROM counted c WHERE c.pool >= 10
), told AS (
    -- With the small ones goes the smallest of the others, where the small ones together are fewer than five.
    SELECT r.*, r.is_small OR (r.place = 1 AND coalesce(s.number, 5) < 5) AS merged
    FROM ranked r LEFT JOIN small s ON s.aspect = r.aspect
)
SELECT t.aspect, array_agg(DISTINCT CASE WHEN t.is_small THEN '' ELSE t.said END), (sum(t.number)::integer / 5) * 5,
       least(CASE WHEN sum(t.number) < 10 THEN 80 ELSE 90 END,
             greatest(CASE WHEN sum(t.number) < 10 THEN 20 ELSE 10 END,
                      10 * round(10.0 * sum(t.had) / sum(t.number))::integer))
FROM told t
GROUP BY t.aspect, t.merged, CASE WHEN t.merged THEN '' ELSE t.said END
HAVING sum(t.number) >= 5
ORDER BY t.aspect, t.merged, 2
$$;
REVOKE ALL ON FUNCTION mentoring_chair_sponsors_by_group(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mentoring_chair_sponsors_by_group(date) TO clinicleader_app;
