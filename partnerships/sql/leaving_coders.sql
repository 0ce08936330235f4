-- Somebody who codes may leave before they have finished. Their codes are then shown to nobody, and count for nothing;
-- who takes their part begins afresh. Likewise of an analysis that was ended. This replaces the two functions of
-- independent_coding.sql, whose policies stay as they are.
CREATE OR REPLACE FUNCTION partnerships_coder_acts(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
SELECT EXISTS (
    SELECT FROM public.partnerships_coder c
    JOIN public.partnerships_auditanalysis a ON a.organization_id = c.organization_id AND a.id = c.analysis_id
    WHERE c.organization_id = public.tenancy_organization() AND c.id = asked AND c.finished_at IS NULL
      AND c.left_on IS NULL AND a.state <> 'ended'
      AND c.person_id = nullif(current_setting('clinicleader.actor', true), '')::uuid
)
$$;

CREATE OR REPLACE FUNCTION partnerships_open_coders() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
WITH coder AS (
    SELECT c.id, c.analysis_id, c.person_id, c.finished_at,
           (SELECT count(*) FROM public.partnerships_reading r
            WHERE r.organization_id = c.organization_id AND r.coder_id = c.id) AS read
    FROM public.partnerships_coder c
    JOIN public.partnerships_auditanalysis a ON a.organization_id = c.organization_id AND a.id = c.analysis_id
    WHERE c.organization_id = public.tenancy_organization() AND c.part IN ('first', 'second')
      AND c.left_on IS NULL AND a.state <> 'ended'
), written AS (
    SELECT a.id, count(w.id) AS comments
    FROM public.partnerships_auditanalysis a
    JOIN public.partnerships_programmeaudit p ON p.organization_id = a.organization_id AND p.id = a.audit_id
    JOIN public.surveys_publishedcomment w ON w.organization_id = p.organization_id AND w.wave_id = p.wave_id
    WHERE a.organization_id = public.tenancy_organization()
    GROUP BY a.id
), done AS (
    SELECT c.analysis_id
    FROM coder c JOIN written w ON w.id = c.analysis_id
    GROUP BY c.analysis_id
    HAVING count(*) = 2 AND bool_and(c.finished_at IS NOT NULL AND c.read = w.comments)
)
SELECT c.id FROM coder c
WHERE c.person_id = nullif(current_setting('clinicleader.actor', true), '')::uuid
   OR c.analysis_id IN (SELECT d.analysis_id FROM done d)
$$;

-- The application may not write to a coder's row but that they themselves have finished; it says through this one that
-- somebody leaves. Never of one who has finished: that would close what is open. Nobody comes back.
CREATE FUNCTION partnerships_coder_leaves(asked uuid, day date, reason text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
UPDATE public.partnerships_coder SET left_on = day, why = reason
WHERE organization_id = public.tenancy_organization() AND id = asked AND finished_at IS NULL AND left_on IS NULL
RETURNING true
$$;

REVOKE ALL ON FUNCTION partnerships_coder_leaves(uuid, date, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION partnerships_coder_leaves(uuid, date, text) TO clinicleader_app;
