-- Median points of each dimension over the people who are in some cohorts, and over how many each is. The people
-- come as an array, so that their scores are looked up in the index of the quarter.
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY latest.strategic_insight), count(latest.strategic_insight),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY latest.financial_acumen), count(latest.financial_acumen),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY latest.team_leadership), count(latest.team_leadership),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY latest.governance_experience),
       count(latest.governance_experience),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY latest.mentorship_engagement),
       count(latest.mentorship_engagement)
FROM (
    SELECT DISTINCT ON (snapshot.person_id)
           snapshot.strategic_insight, snapshot.financial_acumen, snapshot.team_leadership,
           snapshot.governance_experience, snapshot.mentorship_engagement
    FROM readiness_snapshot AS snapshot
    WHERE snapshot.organization_id = %(organization)s AND snapshot.quarter = %(quarter)s
      AND snapshot.person_id = ANY (ARRAY(
          SELECT membership.person_id
          FROM people_cohortmembership AS membership
          WHERE membership.organization_id = %(organization)s AND membership.cohort_id = ANY (%(cohorts)s::uuid[])
            AND membership.start_date <= %(on)s
            AND (membership.end_date IS NULL OR membership.end_date > %(on)s)
      ))
    ORDER BY snapshot.person_id, snapshot.revision DESC
) AS latest
