-- Everybody who works in a unit on a day, with or without the units below it, but whoever holds the position.
INSERT INTO succession_rollmember (id, organization_id, selection_id, person_id, place, wants_other, declined,
                                   held_says_staff, held_says_interviewer)
SELECT gen_random_uuid(), p.organization_id, %(selection)s, p.id, '', false, false, false, false
FROM people_person p
JOIN people_unit u ON u.organization_id = p.organization_id AND u.id = p.unit_id
WHERE p.organization_id = %(organization)s AND p.start_date <= %(on)s AND (p.end_date IS NULL OR p.end_date >= %(on)s)
  AND (u.id = %(unit)s OR %(below)s AND u.path >= %(low)s AND u.path < %(high)s)
  AND NOT EXISTS (SELECT FROM people_appointment a WHERE a.organization_id = p.organization_id
                  AND a.position_id = %(position)s AND a.person_id = p.id AND a.start_date <= %(on)s
                  AND (a.end_date IS NULL OR a.end_date > %(on)s))
