-- The mentees of the exposure report summed up in one row; mentoring/exposure/report.py has the same for each of them.
-- Parameters: organization, cohorts (NULL: all), today, since, kinds, most (looks that are one column of the chart),
-- within (days after entering in which a look where a chair works is due).
-- Asked of memberships and logs alone: from the people's side PostgreSQL would read everybody who works here.
WITH mentee AS (
    SELECT m.person_id, min(m.start_date) AS entered FROM people_cohortmembership m
    WHERE m.organization_id = %(organization)s
      AND (%(cohorts)s::uuid[] IS NULL OR m.cohort_id = ANY (%(cohorts)s::uuid[]))
      AND m.start_date <= %(today)s AND (m.end_date IS NULL OR m.end_date > %(today)s)
      AND m.person_id NOT IN (
        SELECT p.id FROM people_person p WHERE p.organization_id = %(organization)s AND p.end_date < %(today)s)
    GROUP BY 1
), log AS (
    SELECT s.mentee_id, e.day, e.kind, s.tier = 'chair' OR e.kind = 'chair_meeting' AS chair_level,
           e.day BETWEEN %(since)s AND %(today)s AS counts
    FROM mentoring_exposure e
    JOIN mentoring_mentorship s ON s.organization_id = e.organization_id AND s.id = e.mentorship_id
    WHERE e.organization_id = %(organization)s
), had AS (
    SELECT mentee_id, count(*) FILTER (WHERE counts) AS total, min(day) FILTER (WHERE chair_level) AS first_chair
    FROM log GROUP BY 1
), each AS (
    SELECT mentee.entered, least(coalesce(had.total, 0), %(most)s) AS looks,
           coalesce(had.first_chair <= mentee.entered + %(within)s, false) AS in_time
    FROM mentee LEFT JOIN had ON had.mentee_id = mentee.person_id
), of_looks AS (
    SELECT looks AS number, count(*) AS people FROM each GROUP BY 1
), of_kind AS (
    SELECT log.kind, count(DISTINCT log.mentee_id) AS people FROM log JOIN mentee ON mentee.person_id = log.mentee_id
    WHERE log.counts GROUP BY 1
)
SELECT count(*), count(*) FILTER (WHERE in_time),
       count(*) FILTER (WHERE in_time OR entered < %(today)s - %(within)s),
       ARRAY(SELECT coalesce(k.people, 0) FROM unnest(%(kinds)s::text[]) WITH ORDINALITY AS asked (kind, place)
             LEFT JOIN of_kind k ON k.kind = asked.kind ORDER BY asked.place),
       ARRAY(SELECT coalesce(l.people, 0) FROM generate_series(0, %(most)s) AS asked (number)
             LEFT JOIN of_looks l ON l.number = asked.number ORDER BY asked.number)
FROM each
