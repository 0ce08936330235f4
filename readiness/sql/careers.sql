-- How many people of some cohorts share a career: entry into the programme, leaving, and the first titled role
-- after entry. Somebody in two cohorts entered once, with the first. NULL and '' choose everybody.
SELECT career.entry, career.left_on, career.first_role, count(*)
FROM (
    SELECT min(membership.start_date) AS entry,
           min(leaver.end_date) AS left_on,
           min(appointment.start_date) AS first_role
    FROM people_cohortmembership AS membership
    LEFT JOIN people_person AS leaver
      ON leaver.organization_id = %(organization)s AND leaver.id = membership.person_id
     AND leaver.end_date IS NOT NULL
    LEFT JOIN people_appointment AS appointment
      ON appointment.organization_id = %(organization)s AND appointment.person_id = membership.person_id
     AND appointment.start_date >= membership.start_date
    WHERE membership.organization_id = %(organization)s AND membership.start_date <= %(on)s
      AND (%(cohorts)s::uuid[] IS NULL OR membership.cohort_id = ANY (%(cohorts)s::uuid[]))
      AND (%(cohort)s::uuid IS NULL OR membership.cohort_id = %(cohort)s::uuid)
      AND (%(specialty)s = '' AND %(low)s = '' OR EXISTS (
          SELECT
          FROM people_person AS person
          JOIN people_unit AS unit ON unit.organization_id = %(organization)s AND unit.id = person.unit_id
          WHERE person.organization_id = %(organization)s AND person.id = membership.person_id
            AND (%(specialty)s = '' OR person.specialty = %(specialty)s)
            AND (%(low)s = '' OR unit.path >= %(low)s AND unit.path < %(high)s)
      ))
    GROUP BY membership.person_id
) AS career
GROUP BY career.entry, career.left_on, career.first_role
ORDER BY career.entry, career.left_on, career.first_role
