-- The Leadership Readiness Score of a quarter for everybody who is in a cohort on its last day: one statement.
-- The arithmetic is that of readiness/score.py, operation by operation, so that both give the same bits; a test
-- compares them on random evidence. Parameters: quarter, last (its last day), until (the first moment after it),
-- professions (all there are), people (an array literal or NULL), ids (twenty random hexadecimal digits that the
-- new ids begin with).
--
-- Milestones: points earned in a dimension (verified stamps, earned by the last day, of any stage) out of the
-- points of the required milestones of the person's stage and the ones before, those for other professions left
-- out. No stamp at all in a dimension is missing evidence, not zero.
-- Pods: of each pod, whatever its version, the latest attempt that was finished by then and is marked; the mean of
-- its levels, of four, in percent; the mean over the pods whose milestone is in the dimension.
-- Capstones: 100 where a project was verified that was handed in by the last day, in the dimension of the milestone
-- it earns, or else of its pod's; none is missing evidence, not zero.
-- Leader index: percent of range in the newest published wave that closed within two years before the last
-- day; of several units led, the one with most respondents.
-- OFFSET 0 keeps PostgreSQL from putting a step's expressions into the next one, where each would be computed as
-- often as it is used; unlike MATERIALIZED it writes nothing down in between.
-- A quarter keeps the rule, and a person the stage, with which they were scored first.
WITH rule AS MATERIALIZED (
    SELECT w.*,
           confidence_shares[1] AS by_confidence_1, confidence_shares[2] AS by_confidence_2, confidence_shares[3] AS by_confidence_3,
           confidence_shares[4] AS by_confidence_4, confidence_shares[5] AS by_confidence_5,
           milestone_shares[1] AS by_milestones_1, milestone_shares[2] AS by_milestones_2, milestone_shares[3] AS by_milestones_3,
           milestone_shares[4] AS by_milestones_4, milestone_shares[5] AS by_milestones_5,
           pod_shares[1] AS by_pods_1, pod_shares[2] AS by_pods_2, pod_shares[3] AS by_pods_3,
           pod_shares[4] AS by_pods_4, pod_shares[5] AS by_pods_5,
           capstone_shares[1] AS by_capstones_1, capstone_shares[2] AS by_capstones_2, capstone_shares[3] AS by_capstones_3,
           capstone_shares[4] AS by_capstones_4, capstone_shares[5] AS by_capstones_5,
           index_shares[1] AS by_index_1, index_shares[2] AS by_index_2, index_shares[3] AS by_index_3,
           index_shares[4] AS by_index_4, index_shares[5] AS by_index_5
    FROM readiness_weightset w
    LEFT JOIN (SELECT s.weights_id FROM readiness_snapshot s
               WHERE s.organization_id = (SELECT tenancy_organization()) AND s.quarter = %(quarter)s
               LIMIT 1) scored_by ON scored_by.weights_id = w.id
    WHERE w.organization_id = (SELECT tenancy_organization())
      AND (scored_by.weights_id IS NOT NULL OR w.effective_quarter <= %(quarter)s)
    ORDER BY scored_by.weights_id IS NOT NULL DESC, w.effective_quarter DESC, w.version DESC
    LIMIT 1
), due AS MATERIALIZED (
    SELECT *, ARRAY[due_1, due_2, due_3, due_4, due_5]::integer[] AS due FROM (
    SELECT s.id AS stage_id, s.key, s.position, who.profession,
           coalesce(sum(m.points) FILTER (WHERE m.dimension = 'strategic_insight'), 0)::float8 AS due_1,
           coalesce(sum(m.points) FILTER (WHERE m.dimension = 'financial_acumen'), 0)::float8 AS due_2,
           coalesce(sum(m.points) FILTER (WHERE m.dimension = 'team_leadership'), 0)::float8 AS due_3,
           coalesce(sum(m.points) FILTER (WHERE m.dimension = 'governance_experience'), 0)::float8 AS due_4,
           coalesce(sum(m.points) FILTER (WHERE m.dimension = 'mentorship_engagement'), 0)::float8 AS due_5
    FROM passport_stage s
    CROSS JOIN unnest(%(professions)s::text[]) AS who (profession)
    LEFT JOIN passport_stage e ON e.organization_id = s.organization_id AND e.position <= s.position
    LEFT JOIN passport_milestone m ON m.organization_id = s.organization_id AND m.stage_id = e.id AND m.required
         AND (m.retired_on IS NULL OR m.retired_on > %(last)s)
         AND (m.professions = '{}' OR who.profession = ANY (m.professions))
    WHERE s.organization_id = (SELECT tenancy_organization())
    GROUP BY s.id, who.profession) stages
), latest AS (
    SELECT DISTINCT ON (s.person_id) s.*, g.key AS stage_key
    FROM readiness_snapshot s LEFT JOIN passport_stage g ON g.organization_id = s.organization_id AND g.id = s.stage_id
    WHERE s.organization_id = (SELECT tenancy_organization()) AND s.quarter = %(quarter)s
      AND (%(people)s::uuid[] IS NULL OR s.person_id = ANY (%(people)s::uuid[]))
    ORDER BY s.person_id, s.revision DESC
), scored_person AS (
    SELECT p.id AS person_id, p.profession,
           CASE p.career_stage WHEN 'attending' THEN 'early_attending' WHEN 'none' THEN NULL
                ELSE p.career_stage END AS stage_key
    FROM people_person p
    WHERE p.organization_id = (SELECT tenancy_organization())
      AND p.start_date <= %(last)s AND (p.end_date IS NULL OR p.end_date >= %(last)s)
      AND (%(people)s::uuid[] IS NULL OR p.id = ANY (%(people)s::uuid[]))
      AND p.id IN (SELECT m.person_id FROM people_cohortmembership m
                   WHERE m.organization_id = (SELECT tenancy_organization())
                     AND m.start_date <= %(last)s AND (m.end_date IS NULL OR m.end_date > %(last)s)
                     AND (%(people)s::uuid[] IS NULL OR m.person_id = ANY (%(people)s::uuid[])))
), worth AS MATERIALIZED (
    -- One column for each dimension, so that millions of stamps are summed without comparing words.
    SELECT id,
           CASE WHEN dimension = 'strategic_insight' THEN points END AS points_1,
           CASE WHEN dimension = 'financial_acumen' THEN points END AS points_2,
           CASE WHEN dimension = 'team_leadership' THEN points END AS points_3,
           CASE WHEN dimension = 'governance_experience' THEN points END AS points_4,
           CASE WHEN dimension = 'mentorship_engagement' THEN points END AS points_5
    FROM passport_milestone WHERE organization_id = (SELECT tenancy_organization())
), earned AS (
    SELECT t.person_id,
           sum(points_1)::float8 AS earned_1, sum(points_2)::float8 AS earned_2, sum(points_3)::float8 AS earned_3,
           sum(points_4)::float8 AS earned_4, sum(points_5)::float8 AS earned_5
    FROM passport_stamp t JOIN worth ON worth.id = t.milestone_id
    WHERE t.organization_id = (SELECT tenancy_organization()) AND t.state = 'verified' AND t.earned_on <= %(last)s
      AND (%(people)s::uuid[] IS NULL OR t.person_id = ANY (%(people)s::uuid[]))
    GROUP BY t.person_id
), rated AS (
    SELECT person_id,
           round(1000000 * avg(points) FILTER (WHERE dimension = 'strategic_insight')) / 1000000 AS pods_1,
           round(1000000 * avg(points) FILTER (WHERE dimension = 'financial_acumen')) / 1000000 AS pods_2,
           round(1000000 * avg(points) FILTER (WHERE dimension = 'team_leadership')) / 1000000 AS pods_3,
           round(1000000 * avg(points) FILTER (WHERE dimension = 'governance_experience')) / 1000000 AS pods_4,
           round(1000000 * avg(points) FILTER (WHERE dimension = 'mentorship_engagement')) / 1000000 AS pods_5
    FROM (
        -- Levels are summed before the join: PostgreSQL guesses too few attempts and would look up each one's.
        SELECT a.person_id, m.dimension, 25 * k.levels::float8 / k.marks AS points
        FROM (SELECT DISTINCT ON (t.person_id, p.key) t.id, t.person_id, p.milestone_id
              FROM passport_podattempt t
              JOIN passport_pod p ON p.organization_id = t.organization_id AND p.id = t.pod_id
              WHERE t.organization_id = (SELECT tenancy_organization())
                AND t.marked_at IS NOT NULL AND t.finished_at < %(until)s
                AND (%(people)s::uuid[] IS NULL OR t.person_id = ANY (%(people)s::uuid[]))
              ORDER BY t.person_id, p.key, t.finished_at DESC, t.begun_at DESC, t.id) a
        JOIN passport_milestone m ON m.organization_id = (SELECT tenancy_organization()) AND m.id = a.milestone_id
        JOIN (SELECT attempt_id, sum(level) AS levels, count(*) AS marks
              FROM passport_podmark
              WHERE organization_id = (SELECT tenancy_organization())
                AND (%(people)s::uuid[] IS NULL OR attempt_id IN (
                    SELECT id FROM passport_podattempt
                    WHERE organization_id = (SELECT tenancy_organization())
                      AND person_id = ANY (%(people)s::uuid[])))
              GROUP BY attempt_id) k ON k.attempt_id = a.id
    ) attempts
    GROUP BY person_id
), built AS (
    SELECT c.person_id,
           nullif(count(*) FILTER (WHERE m.dimension = 'strategic_insight'), 0) AS built_1,
           nullif(count(*) FILTER (WHERE m.dimension = 'financial_acumen'), 0) AS built_2,
           nullif(count(*) FILTER (WHERE m.dimension = 'team_leadership'), 0) AS built_3,
           nullif(count(*) FILTER (WHERE m.dimension = 'governance_experience'), 0) AS built_4,
           nullif(count(*) FILTER (WHERE m.dimension = 'mentorship_engagement'), 0) AS built_5
    FROM passport_capstone c
    JOIN passport_pod p ON p.organization_id = c.organization_id AND p.id = c.pod_id
    JOIN passport_milestone m ON m.organization_id = c.organization_id
         AND m.id = coalesce(p.capstone_milestone_id, p.milestone_id)
    WHERE c.organization_id = (SELECT tenancy_organization())
      AND c.state = 'verified' AND c.submitted_on <= %(last)s
      AND (%(people)s::uuid[] IS NULL OR c.person_id = ANY (%(people)s::uuid[]))
    GROUP BY c.person_id
), led AS (
    SELECT DISTINCT ON (i.leader_id) i.leader_id AS person_id, i.id AS index_id, i.percent
    FROM surveys_publishedindex i
    JOIN surveys_wave w ON w.organization_id = i.organization_id AND w.id = i.wave_id
    JOIN surveys_instrument q ON q.organization_id = w.organization_id AND q.id = w.instrument_id AND q.about = 'leader'
    JOIN surveys_publishedwave r ON r.organization_id = i.organization_id AND r.wave_id = i.wave_id
    WHERE i.organization_id = (SELECT tenancy_organization())
      AND i.leader_id IS NOT NULL AND i.state = 'published' AND w.state = 'published'
      -- A survey of one cohort or of some roles says nothing of the whole team.
      AND w.audience = 'everybody' AND w.cohort_id IS NULL
      -- Others see the score: a result counts when the leader has had their days alone with it.
      AND r.published_at <= %(told)s
      AND w.closes_on <= %(last)s AND w.closes_on > %(last)s::date - interval '2 years'
    ORDER BY i.leader_id, w.closes_on DESC, i.n DESC, i.id
), evidence AS (
    SELECT p.person_id, d.stage_id, l.percent AS leader_index, l.index_id,
           c.strategic_insight AS confidence_1, c.financial_acumen AS confidence_2,
           c.team_leadership AS confidence_3, c.governance_experience AS confidence_4,
           c.mentorship_engagement AS confidence_5,
           d.due,
           e.earned_1, e.earned_2, e.earned_3, e.earned_4, e.earned_5,
           g.pods_1, g.pods_2, g.pods_3, g.pods_4, g.pods_5,
           b.built_1, b.built_2, b.built_3, b.built_4, b.built_5,
           -- least(1, NULL) is 1: a missing number of points must not become full marks.
           CASE WHEN e.earned_1 IS NOT NULL AND d.due_1 > 0 THEN 100 * least(e.earned_1 / d.due_1, 1) END AS done_1,
           CASE WHEN e.earned_2 IS NOT NULL AND d.due_2 > 0 THEN 100 * least(e.earned_2 / d.due_2, 1) END AS done_2,
           CASE WHEN e.earned_3 IS NOT NULL AND d.due_3 > 0 THEN 100 * least(e.earned_3 / d.due_3, 1) END AS done_3,
           CASE WHEN e.earned_4 IS NOT NULL AND d.due_4 > 0 THEN 100 * least(e.earned_4 / d.due_4, 1) END AS done_4,
           CASE WHEN e.earned_5 IS NOT NULL AND d.due_5 > 0 THEN 100 * least(e.earned_5 / d.due_5, 1) END AS done_5
    FROM scored_person p
    LEFT JOIN latest s ON s.person_id = p.person_id
    -- Programme members in none of the stages start with the first.
    LEFT JOIN due d ON d.key = coalesce(s.stage_key, p.stage_key, (SELECT key FROM due ORDER BY position LIMIT 1))
         AND d.profession = p.profession
    LEFT JOIN earned e ON e.person_id = p.person_id
    LEFT JOIN rated g ON g.person_id = p.person_id
    LEFT JOIN built b ON b.person_id = p.person_id
    LEFT JOIN led l ON l.person_id = p.person_id
    LEFT JOIN surveys_confidencepulse c ON c.organization_id = (SELECT tenancy_organization())
         AND c.person_id = p.person_id AND c.quarter = %(quarter)s
    OFFSET 0
), attested AS (
    SELECT e.*,
           (CASE WHEN done_1 IS NOT NULL THEN by_milestones_1 ELSE 0 END
            + CASE WHEN pods_1 IS NOT NULL THEN by_pods_1 ELSE 0 END
            + CASE WHEN built_1 IS NOT NULL THEN by_capstones_1 ELSE 0 END
            + CASE WHEN leader_index IS NOT NULL THEN by_index_1 ELSE 0 END)::float8 AS share_1,
           (CASE WHEN done_2 IS NOT NULL THEN by_milestones_2 ELSE 0 END
            + CASE WHEN pods_2 IS NOT NULL THEN by_pods_2 ELSE 0 END
            + CASE WHEN built_2 IS NOT NULL THEN by_capstones_2 ELSE 0 END
            + CASE WHEN leader_index IS NOT NULL THEN by_index_2 ELSE 0 END)::float8 AS share_2,
           (CASE WHEN done_3 IS NOT NULL THEN by_milestones_3 ELSE 0 END
            + CASE WHEN pods_3 IS NOT NULL THEN by_pods_3 ELSE 0 END
            + CASE WHEN built_3 IS NOT NULL THEN by_capstones_3 ELSE 0 END
            + CASE WHEN leader_index IS NOT NULL THEN by_index_3 ELSE 0 END)::float8 AS share_3,
           (CASE WHEN done_4 IS NOT NULL THEN by_milestones_4 ELSE 0 END
            + CASE WHEN pods_4 IS NOT NULL THEN by_pods_4 ELSE 0 END
            + CASE WHEN built_4 IS NOT NULL THEN by_capstones_4 ELSE 0 END
            + CASE WHEN leader_index IS NOT NULL THEN by_index_4 ELSE 0 END)::float8 AS share_4,
           (CASE WHEN done_5 IS NOT NULL THEN by_milestones_5 ELSE 0 END
            + CASE WHEN pods_5 IS NOT NULL THEN by_pods_5 ELSE 0 END
            + CASE WHEN built_5 IS NOT NULL THEN by_capstones_5 ELSE 0 END
            + CASE WHEN leader_index IS NOT NULL THEN by_index_5 ELSE 0 END)::float8 AS share_5,
           coalesce(by_milestones_1 * done_1, 0) + coalesce(by_pods_1 * pods_1, 0)
               + CASE WHEN built_1 IS NOT NULL THEN by_capstones_1 * 100 ELSE 0 END
               + coalesce(by_index_1 * leader_index, 0) AS attested_1,
           coalesce(by_milestones_2 * done_2, 0) + coalesce(by_pods_2 * pods_2, 0)
               + CASE WHEN built_2 IS NOT NULL THEN by_capstones_2 * 100 ELSE 0 END
               + coalesce(by_index_2 * leader_index, 0) AS attested_2,
           coalesce(by_milestones_3 * done_3, 0) + coalesce(by_pods_3 * pods_3, 0)
               + CASE WHEN built_3 IS NOT NULL THEN by_capstones_3 * 100 ELSE 0 END
               + coalesce(by_index_3 * leader_index, 0) AS attested_3,
           coalesce(by_milestones_4 * done_4, 0) + coalesce(by_pods_4 * pods_4, 0)
               + CASE WHEN built_4 IS NOT NULL THEN by_capstones_4 * 100 ELSE 0 END
               + coalesce(by_index_4 * leader_index, 0) AS attested_4,
           coalesce(by_milestones_5 * done_5, 0) + coalesce(by_pods_5 * pods_5, 0)
               + CASE WHEN built_5 IS NOT NULL THEN by_capstones_5 * 100 ELSE 0 END
               + coalesce(by_index_5 * leader_index, 0) AS attested_5
    FROM evidence e CROSS JOIN rule OFFSET 0
), dimension AS (
    SELECT a.*,
           readiness_points(confidence_1, attested_1, share_1, by_confidence_1) AS value_1,
           readiness_points(confidence_2, attested_2, share_2, by_confidence_2) AS value_2,
           readiness_points(confidence_3, attested_3, share_3, by_confidence_3) AS value_3,
           readiness_points(confidence_4, attested_4, share_4, by_confidence_4) AS value_4,
           readiness_points(confidence_5, attested_5, share_5, by_confidence_5) AS value_5,
           CASE WHEN share_1 > 0 THEN r.strategic_insight ELSE 0 END::float8 AS weight_1,
           CASE WHEN share_2 > 0 THEN r.financial_acumen ELSE 0 END::float8 AS weight_2,
           CASE WHEN share_3 > 0 THEN r.team_leadership ELSE 0 END::float8 AS weight_3,
           CASE WHEN share_4 > 0 THEN r.governance_experience ELSE 0 END::float8 AS weight_4,
           CASE WHEN share_5 > 0 THEN r.mentorship_engagement ELSE 0 END::float8 AS weight_5,
           (share_1 > 0)::int + (share_2 > 0)::int + (share_3 > 0)::int + (share_4 > 0)::int
               + (share_5 > 0)::int AS known_count,
           (share_1 > 0)::int + 2 * (share_2 > 0)::int + 4 * (share_3 > 0)::int + 8 * (share_4 > 0)::int
               + 16 * (share_5 > 0)::int AS known
    FROM attested a CROSS JOIN rule r OFFSET 0
), scored AS (
    SELECT d.*,
           CASE WHEN d.known_count >= r.minimum_known THEN round(1000000 * (
               weight_1 / whole * coalesce(value_1, 0) + weight_2 / whole * coalesce(value_2, 0)
               + weight_3 / whole * coalesce(value_3, 0) + weight_4 / whole * coalesce(value_4, 0)
               + weight_5 / whole * coalesce(value_5, 0))) / 1000000 END AS total,
           CASE WHEN confidence_1 IS NOT NULL THEN ARRAY[
               confidence_1, confidence_2, confidence_3, confidence_4, confidence_5] END AS confidence,
           ARRAY[earned_1, earned_2, earned_3, earned_4, earned_5]::integer[] AS earned,
           CASE WHEN coalesce(pods_1, pods_2, pods_3, pods_4, pods_5) IS NOT NULL THEN ARRAY[
               pods_1, pods_2, pods_3, pods_4, pods_5] END AS pods,
           CASE WHEN coalesce(built_1, built_2, built_3, built_4, built_5) IS NOT NULL THEN ARRAY[
               built_1, built_2, built_3, built_4, built_5]::integer[] END AS capstones
    FROM dimension d
    CROSS JOIN LATERAL (SELECT nullif(weight_1 + weight_2 + weight_3 + weight_4 + weight_5, 0) AS whole) w
    CROSS JOIN rule r OFFSET 0
)
-- Ids count on from one random beginning, in the order of people: each at a random place of its index took as long
-- as all the arithmetic.
INSERT INTO readiness_snapshot (
    id, organization_id, person_id, quarter, revision, weights_id, stage_id, strategic_insight, financial_acumen,
    team_leadership, governance_experience, mentorship_engagement, known, known_count, total, state,
    confidence, earned, due, pods, capstones, leader_index, index_id)
SELECT (%(ids)s || lpad(to_hex(row_number() OVER (ORDER BY s.person_id)), 12, '0'))::uuid,
       (SELECT tenancy_organization()), s.person_id, %(quarter)s,
       coalesce(l.revision, 0) + 1, r.id, s.stage_id, s.value_1, s.value_2, s.value_3, s.value_4, s.value_5,
       s.known, s.known_count, s.total,
       CASE WHEN s.total IS NULL THEN 'insufficient_evidence'
            WHEN round(s.total * 1000000) < r.flag_below * 1000000 THEN 'flagged' ELSE 'on_track' END,
       s.confidence, s.earned, s.due, s.pods, s.capstones, s.leader_index, s.index_id
FROM scored s CROSS JOIN rule r LEFT JOIN latest l ON l.person_id = s.person_id
WHERE l.person_id IS NULL
   OR (l.strategic_insight, l.financial_acumen, l.team_leadership, l.governance_experience,
       l.mentorship_engagement, l.known, l.total, l.confidence, l.earned, l.due, l.pods, l.capstones,
       l.leader_index, l.index_id)
      IS DISTINCT FROM (s.value_1, s.value_2, s.value_3, s.value_4, s.value_5, s.known, s.total,
                        s.confidence, s.earned, s.due, s.pods, s.capstones, s.leader_index, s.index_id)
