-- Every position, or some, with who holds it on a day, its pool, and how many candidates are how far.
WITH held AS (
    SELECT DISTINCT ON (a.position_id) a.position_id, a.person_id, a.interim, a.term_number, a.id, a.start_date,
           coalesce(a.end_date, (a.start_date + make_interval(years => p.term_years))::date) AS term_ends
    FROM people_appointment a
    JOIN people_position p ON p.organization_id = a.organization_id AND p.id = a.position_id
    WHERE a.organization_id = (SELECT tenancy_organization())
      AND a.start_date <= %(on)s AND (a.end_date IS NULL OR a.end_date > %(on)s)
    ORDER BY a.position_id, a.interim, a.start_date
), newest AS (
    SELECT DISTINCT ON (r.candidacy_id) r.candidacy_id, r.band, r.interim_cover,
           r.assessed_on > (%(on)s::date - interval '12 months') AS fresh
    FROM succession_readinessassessment r
    WHERE r.organization_id = (SELECT tenancy_organization())
      AND (%(positions)s::uuid[] IS NULL OR r.candidacy_id IN (
          SELECT c.id FROM succession_candidacy c JOIN succession_pool o ON o.id = c.pool_id
          WHERE o.position_id = ANY (%(positions)s)))
    ORDER BY r.candidacy_id, r.at DESC
), candidates AS (
    SELECT c.pool_id,
           count(*) FILTER (WHERE c.state = 'member') AS members,
           count(*) FILTER (WHERE c.state = 'asked') AS asked,
           count(*) FILTER (WHERE c.state = 'member' AND n.fresh AND n.band = 'ready_now') AS ready,
           count(*) FILTER (WHERE c.state = 'member' AND n.fresh AND n.band IN ('ready_now', 'one_two')) AS soon,
           count(*) FILTER (WHERE c.state = 'member' AND NOT n.fresh) AS stale,
           count(*) FILTER (WHERE c.state = 'member' AND n.candidacy_id IS NULL) AS unassessed,
           count(*) FILTER (WHERE c.state = 'member' AND n.fresh AND n.interim_cover) AS interim_cover,
           count(*) FILTER (WHERE c.state = 'member' AND n.fresh AND n.band = 'three_five') AS three_five,
           count(*) FILTER (WHERE c.state = 'member' AND n.fresh AND n.band = 'later') AS later
    FROM succession_candidacy c
    LEFT JOIN newest n ON n.candidacy_id = c.id
    WHERE c.organization_id = (SELECT tenancy_organization()) AND c.state IN ('asked', 'member')
      AND (%(positions)s::uuid[] IS NULL OR c.pool_id IN (
          SELECT o.id FROM succession_pool o WHERE o.position_id = ANY (%(positions)s)))
      -- Who has left: few, and an index has them.
      AND c.person_id NOT IN (SELECT w.id FROM people_person w
                              WHERE w.organization_id = (SELECT tenancy_organization()) AND w.end_date < %(on)s)
    GROUP BY c.pool_id
)
SELECT p.id, p.title, p.type, u.id, u.name, u.path, h.person_id,
       coalesce(i.given_name || ' ' || i.family_name, ''), coalesce(h.interim, false), h.term_number, p.max_terms,
       h.term_ends, o.id, o.keeper_id, coalesce(o.ready_target, 0), coalesce(o.soon_target, 0),
       coalesce(c.members, 0), coalesce(c.asked, 0), coalesce(c.ready, 0), coalesce(c.soon, 0),
       coalesce(c.stale, 0), coalesce(c.unassessed, 0), coalesce(c.interim_cover, 0),
       coalesce(c.three_five, 0), coalesce(c.later, 0),
       -- Rungs of the ladder that were due a month ago.
       (SELECT count(*) FROM succession_laddertask t
        WHERE t.organization_id = p.organization_id AND t.appointment_id = h.id AND t.done_on IS NULL
          AND t.due_on < %(on)s::date - 30),
       EXISTS (SELECT FROM people_termexception e
               WHERE e.organization_id = p.organization_id AND e.position_id = p.id AND e.person_id = h.person_id
                 AND e.approved_on IS NOT NULL AND e.expires_on >= %(on)s),
       -- Begun within two years, by somebody who was never in the pool that was there.
       coalesce(NOT h.interim AND h.start_date > o.opened_on
                AND h.start_date > %(on)s::date - interval '24 months'
                AND NOT EXISTS (SELECT FROM succession_candidacy w
                                WHERE w.organization_id = p.organization_id AND w.pool_id = o.id
                                  AND w.person_id = h.person_id AND w.answered_on IS NOT NULL
                                  AND w.state <> 'declined'), false)
FROM people_position p
JOIN people_unit u ON u.organization_id = p.organization_id AND u.id = p.unit_id
LEFT JOIN held h ON h.position_id = p.id
LEFT JOIN people_person i ON i.organization_id = p.organization_id AND i.id = h.person_id
LEFT JOIN succession_pool o ON o.organization_id = p.organization_id AND o.position_id = p.id
LEFT JOIN candidates c ON c.pool_id = o.id
WHERE p.organization_id = (SELECT tenancy_organization()) 
  AND (%(positions)s::uuid[] IS NULL OR p.id = ANY (%(positions)s))
ORDER BY h.term_ends NULLS FIRST, p.title, p.id
