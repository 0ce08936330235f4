-- Two who code the same comments are independent because PostgreSQL keeps them so: whoever acts sees their own
-- readings; the other's when both have said that they have finished, each for themselves, and have read everything.
-- The functions read today as leaving_coders.sql has them. They belong to the tables' owner, who passes row security: they name the organisation themselves.
CREATE FUNCTION partnerships_coder_acts(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
SELECT EXISTS (
    SELECT FROM public.partnerships_coder c
    WHERE c.organization_id = public.tenancy_organization() AND c.id = asked AND c.finished_at IS NULL
      AND c.person_id = nullif(current_setting('clinicleader.actor', true), '')::uuid
)
$$;

-- Whose readings may be seen; asked once a statement.
CREATE FUNCTION partnerships_open_coders() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
WITH coder AS (
    SELECT c.id, c.analysis_id, c.person_id, c.finished_at,
           (SELECT count(*) FROM public.partnerships_reading r
            WHERE r.organization_id = c.organization_id AND r.coder_id = c.id) AS read
    FROM public.partnerships_coder c
    WHERE c.organization_id = public.tenancy_organization() AND c.part IN ('first', 'second')
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

REVOKE ALL ON FUNCTION partnerships_coder_acts(uuid), partnerships_open_coders() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION partnerships_coder_acts(uuid), partnerships_open_coders() TO clinicleader_app;

CREATE POLICY partnerships_reading_seen ON partnerships_reading AS RESTRICTIVE FOR SELECT TO PUBLIC
    USING (coder_id IN (SELECT partnerships_open_coders()));
-- Nobody codes in somebody else's name, and nobody changes what they have handed in.
CREATE POLICY partnerships_reading_own ON partnerships_reading AS RESTRICTIVE FOR INSERT TO PUBLIC
    WITH CHECK (partnerships_coder_acts(coder_id));
CREATE POLICY partnerships_reading_kept ON partnerships_reading AS RESTRICTIVE FOR UPDATE TO PUBLIC
    USING (partnerships_coder_acts(coder_id)) WITH CHECK (partnerships_coder_acts(coder_id));
CREATE POLICY partnerships_coder_own ON partnerships_coder AS RESTRICTIVE FOR UPDATE TO PUBLIC
    USING (person_id = nullif(current_setting('clinicleader.actor', true), '')::uuid);

REVOKE UPDATE, DELETE, TRUNCATE ON partnerships_reading FROM PUBLIC, clinicleader_app;
GRANT UPDATE (codes) ON partnerships_reading TO clinicleader_app;
REVOKE UPDATE, DELETE, TRUNCATE ON partnerships_coder FROM PUBLIC, clinicleader_app;
GRANT UPDATE (finished_at) ON partnerships_coder TO clinicleader_app;
