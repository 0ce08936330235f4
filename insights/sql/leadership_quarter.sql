-- Each profession as of the last day of a quarter: staff, who of them leads, their hours for it, and the coaching and
-- mentoring of a year that was for somebody of it. Professions are those of today: they are not kept over time.
WITH holding AS (
    SELECT DISTINCT a.person_id FROM people_appointment a
    WHERE a.organization_id = (SELECT tenancy_organization())
      AND a.start_date <= %(last)s AND (a.end_date IS NULL OR a.end_date > %(last)s)
), leaders AS (
    SELECT person_id FROM holding
    UNION
    SELECT l.manager_id FROM people_reportingline l
    WHERE l.organization_id = (SELECT tenancy_organization())
      AND l.start_date <= %(last)s AND (l.end_date IS NULL OR l.end_date > %(last)s)
), meetings AS (
    SELECT c.leader_id AS person_id, c.minutes FROM sponsors_coachingsession c
    WHERE c.organization_id = (SELECT tenancy_organization()) AND c.state = 'held'
      AND c.starts_at >= %(begins)s AND c.starts_at < %(ends)s
    UNION ALL
    SELECT m.mentee_id, s.minutes FROM mentoring_session s
    JOIN mentoring_mentorship m ON m.organization_id = s.organization_id AND m.id = s.mentorship_id
    WHERE s.organization_id = (SELECT tenancy_organization()) AND s.cancelled_at IS NULL
      AND s.starts_at >= %(begins)s AND s.starts_at < %(ends)s
), developed AS (
    SELECT person_id, sum(minutes) AS minutes FROM meetings GROUP BY person_id
)
SELECT p.profession, count(*), count(h.person_id), count(l.person_id),
       count(p.leadership_hours) FILTER (WHERE %(plans)s AND l.person_id IS NOT NULL),
       coalesce(sum(p.leadership_hours) FILTER (WHERE %(plans)s AND l.person_id IS NOT NULL), 0)::float8,
       coalesce(sum(p.leadership_hours ^ 2) FILTER (WHERE %(plans)s AND l.person_id IS NOT NULL), 0)::float8,
       coalesce(sum(d.minutes), 0)::bigint, count(d.person_id)
FROM people_person p
LEFT JOIN holding h ON h.person_id = p.id
LEFT JOIN leaders l ON l.person_id = p.id
LEFT JOIN developed d ON d.person_id = p.id
WHERE p.organization_id = (SELECT tenancy_organization())
  AND p.start_date <= %(last)s AND (p.end_date IS NULL OR p.end_date >= %(last)s)
GROUP BY p.profession
