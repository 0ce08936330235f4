-- How many people who never entered a programme share a career (as in careers.sql), of the professions and start
-- years that participants have. They are followed from the day on which the first participant of their profession
-- and start year entered, or from their own first day.
SELECT career.entry, career.left_on, career.first_role, career.trained_on, career.role_of_trained, count(*)
FROM (
    SELECT person.entry, person.end_date AS left_on, person.trained_on,
           min(appointment.start_date) FILTER (WHERE appointment.start_date >= person.entry) AS first_role,
           min(appointment.start_date) FILTER (WHERE appointment.start_date >= person.trained_on) AS role_of_trained
    FROM (
        SELECT other.id, other.end_date, greatest(alike.entry, other.start_date) AS entry,
               CASE WHEN other.career_stage NOT IN ('resident', 'fellow')
                     AND other.start_date <= other.training_completed_on + 365
                    THEN other.training_completed_on END AS trained_on
        FROM people_person AS other
        JOIN (
            SELECT participant.profession, extract(year FROM participant.start_date) AS year,
                   min(membership.start_date) AS entry
            FROM people_cohortmembership AS membership
            JOIN people_person AS participant
              ON participant.organization_id = %(organization)s AND participant.id = membership.person_id
            WHERE membership.organization_id = %(organization)s AND membership.start_date <= %(on)s
            GROUP BY 1, 2
        ) AS alike ON alike.profession = other.profession AND alike.year = extract(year FROM other.start_date)
        WHERE other.organization_id = %(organization)s AND other.start_date <= %(on)s
          AND (other.end_date IS NULL OR other.end_date >= greatest(alike.entry, other.start_date))
          AND NOT EXISTS (
              SELECT
              FROM people_cohortmembership AS membership
              WHERE membership.organization_id = %(organization)s AND membership.person_id = other.id
          )
    ) AS person
    LEFT JOIN people_appointment AS appointment
      ON appointment.organization_id = %(organization)s AND appointment.person_id = person.id
    GROUP BY person.id, person.entry, person.end_date, person.trained_on
) AS career
GROUP BY career.entry, career.left_on, career.first_role, career.trained_on, career.role_of_trained
ORDER BY career.entry, career.left_on, career.first_role, career.trained_on, career.role_of_trained
