-- How many people of some cohorts share a career: entry into the programme, leaving, the first titled role after
-- entry, completion of training, and the first titled role from then on. Somebody in two cohorts entered once, with
-- the first. NULL and '' choose everybody.
-- Training counts as completed here: whoever came more than a year later may have held titles that nobody knows
-- of. Whoever is in training again has not completed it.
SELECT career.entry, career.left_on, career.first_role, career.trained_on, career.role_of_trained, count(*)
FROM (
    SELECT min(membership.start_date) AS entry,
           min(person.end_date) AS left_on,
           min(appointment.start_date) FILTER (WHERE appointment.start_date >= membership.start_date) AS first_role,
           min(person.trained_on) AS trained_on,
           min(appointment.start_date) FILTER (WHERE appointment.start_date >= person.trained_on) AS role_of_trained
    FROM people_cohortmembership AS membership
    JOIN (
        SELECT id, specialty, unit_id, end_date,
               CASE WHEN career_stage NOT IN ('resident', 'fellow') AND start_date <= training_completed_on + 365
                    THEN training_completed_on END AS trained_on
        FROM people_person
        WHERE organization_id = %(organization)s
    ) AS person ON person.id = membership.person_id
    LEFT JOIN people_appointment AS appointment
      ON appointment.organization_id = %(organization)s AND appointment.person_id = membership.person_id
    WHERE membership.organization_id = %(organization)s AND membership.start_date <= %(on)s
      AND (%(cohorts)s::uuid[] IS NULL OR membership.cohort_id = ANY (%(cohorts)s::uuid[]))
      AND (%(cohort)s::uuid IS NULL OR membership.cohort_id = %(cohort)s::uuid)
      AND (%(specialty)s = '' OR person.specialty = %(specialty)s)
      AND (%(low)s = '' OR EXISTS (
          SELECT
          FROM people_unit AS unit
          WHERE unit.organization_id = %(organization)s AND unit.id = person.unit_id
            AND unit.path >= %(low)s AND unit.path < %(high)s
      ))
    GROUP BY membership.person_id
) AS career
GROUP BY career.entry, career.left_on, career.first_role, career.trained_on, career.role_of_trained
ORDER BY career.entry, career.left_on, career.first_role, career.trained_on, career.role_of_trained
