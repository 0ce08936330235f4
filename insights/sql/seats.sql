-- Every titled position that is held on a day, with what its holder was given to lead.
WITH held AS (
    SELECT DISTINCT ON (a.position_id) a.position_id, a.person_id, a.interim,
           (SELECT min(b.start_date) FROM people_appointment b
            WHERE b.organization_id = a.organization_id AND b.position_id = a.position_id
              AND b.person_id = a.person_id AND b.interim = a.interim) AS since
    FROM people_appointment a
    WHERE a.organization_id = (SELECT tenancy_organization())
      AND a.start_date <= %(on)s AND (a.end_date IS NULL OR a.end_date > %(on)s)
      AND (%(person)s::uuid IS NULL OR a.person_id = %(person)s)
    ORDER BY a.position_id, a.interim, a.start_date
), reports AS (
    SELECT l.manager_id AS person_id, count(*) AS people
    FROM people_reportingline l
    WHERE l.organization_id = (SELECT tenancy_organization())
      AND l.manager_id IN (SELECT person_id FROM held)
      AND l.start_date <= %(on)s AND (l.end_date IS NULL OR l.end_date > %(on)s)
      AND l.person_id NOT IN (SELECT w.id FROM people_person w
                              WHERE w.organization_id = (SELECT tenancy_organization()) AND w.end_date < %(on)s)
    GROUP BY l.manager_id
), partnered AS (
    SELECT DISTINCT mine.person_id
    FROM partnerships_partner mine
    JOIN partnerships_partnership s ON s.organization_id = mine.organization_id AND s.id = mine.partnership_id
    JOIN partnerships_partner other ON other.organization_id = mine.organization_id
         AND other.partnership_id = mine.partnership_id AND other.person_id <> mine.person_id
    WHERE mine.organization_id = (SELECT tenancy_organization())
      AND s.start_date <= %(on)s AND (s.end_date IS NULL OR s.end_date > %(on)s)
      AND mine.start_date <= %(on)s AND (mine.end_date IS NULL OR mine.end_date > %(on)s)
      AND other.start_date <= %(on)s AND (other.end_date IS NULL OR other.end_date > %(on)s)
), onboarded AS (
    SELECT DISTINCT o.leader_id AS person_id FROM sponsors_onboarding o
    WHERE o.organization_id = (SELECT tenancy_organization()) AND o.state IN ('running', 'permanent')
), sponsored AS (
    SELECT s.leader_id AS person_id FROM sponsors_sponsorship s
    WHERE s.organization_id = (SELECT tenancy_organization()) AND s.state = 'active'
)
SELECT p.id, p.title, u.name, u.path, h.since, h.interim, w.leadership_hours, coalesce(r.people, 0),
       t.person_id IS NOT NULL,
       NOT h.interim AND h.since > (%(on)s::date - interval '3 years')::date,
       o.person_id IS NOT NULL,
       s.person_id IS NOT NULL
FROM held h
JOIN people_position p ON p.organization_id = (SELECT tenancy_organization()) AND p.id = h.position_id
JOIN people_unit u ON u.organization_id = p.organization_id AND u.id = p.unit_id
JOIN people_person w ON w.organization_id = p.organization_id AND w.id = h.person_id
LEFT JOIN reports r ON r.person_id = h.person_id
LEFT JOIN partnered t ON t.person_id = h.person_id
LEFT JOIN onboarded o ON o.person_id = h.person_id
LEFT JOIN sponsored s ON s.person_id = h.person_id
ORDER BY p.title, p.id
