-- Of each quarter and side: how many people rated, and the sums of their means.
WITH rater AS (
    SELECT given.quarter, given.side, avg(given.overall)::float8 AS mean
    FROM mentoring_satisfaction given
    JOIN mentoring_mentorship pair ON pair.organization_id = given.organization_id AND pair.id = given.mentorship_id
    WHERE given.organization_id = %(organization)s AND given.quarter <= %(until)s
    GROUP BY given.quarter, given.side, CASE given.side WHEN 'mentee' THEN pair.mentee_id ELSE pair.mentor_id END
)
SELECT quarter, side, count(*), sum(mean), sum(mean * mean), count(*) FILTER (WHERE mean >= %(favourable)s)
FROM rater
GROUP BY quarter, side
ORDER BY quarter, side
