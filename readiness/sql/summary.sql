-- Scores summed up. A dimension counts where its evidence is attested: where its bit in `known` is set. Only columns
-- that the index on quarters holds: the rows themselves are wide.
SELECT count(*),
       count(total),
       avg(total),
       stddev_samp(total),
       count(*) FILTER (WHERE state = 'flagged'),
       count(*) FILTER (WHERE state = 'insufficient_evidence'),
       ARRAY[
           count(strategic_insight) FILTER (WHERE known & 1 > 0),
           count(financial_acumen) FILTER (WHERE known & 2 > 0),
           count(team_leadership) FILTER (WHERE known & 4 > 0),
           count(governance_experience) FILTER (WHERE known & 8 > 0),
           count(mentorship_engagement) FILTER (WHERE known & 16 > 0)
       ],
       ARRAY[
           avg(strategic_insight) FILTER (WHERE known & 1 > 0),
           avg(financial_acumen) FILTER (WHERE known & 2 > 0),
           avg(team_leadership) FILTER (WHERE known & 4 > 0),
           avg(governance_experience) FILTER (WHERE known & 8 > 0),
           avg(mentorship_engagement) FILTER (WHERE known & 16 > 0)
       ],
       ARRAY[
           stddev_samp(strategic_insight) FILTER (WHERE known & 1 > 0),
           stddev_samp(financial_acumen) FILTER (WHERE known & 2 > 0),
           stddev_samp(team_leadership) FILTER (WHERE known & 4 > 0),
           stddev_samp(governance_experience) FILTER (WHERE known & 8 > 0),
           stddev_samp(mentorship_engagement) FILTER (WHERE known & 16 > 0)
       ],
       ARRAY[
           count(*) FILTER (WHERE total >= 10),
           count(*) FILTER (WHERE total >= 20),
           count(*) FILTER (WHERE total >= 30),
           count(*) FILTER (WHERE total >= 40),
           count(*) FILTER (WHERE total >= 50),
           count(*) FILTER (WHERE total >= 60),
           count(*) FILTER (WHERE total >= 70),
           count(*) FILTER (WHERE total >= 80),
           count(*) FILTER (WHERE total >= 90)
       ]
FROM ({scores}) AS score
