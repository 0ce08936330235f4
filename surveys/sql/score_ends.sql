-- The lowest and the highest score of each unit's own respondents, of the index (scale 0) and of each scale: the
-- audit asks what somebody who knows one of them can work out about the others.
CREATE FUNCTION surveys_score_ends(wave uuid)
RETURNS TABLE (unit_id uuid, scale integer, lowest float8, highest float8)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    organization bigint := public.surveys_demand_closed(wave);
BEGIN
    RETURN QUERY
    SELECT r.unit_id, 0, min(r.score), max(r.score)
    FROM public.surveys_response r
    WHERE r.organization_id = organization AND r.wave_id = wave AND r.score IS NOT NULL
    GROUP BY r.unit_id
    UNION ALL
    SELECT r.unit_id, s.place::integer, min(s.score), max(s.score)
    FROM public.surveys_response r
    CROSS JOIN LATERAL unnest(r.scale_scores) WITH ORDINALITY AS s (score, place)
    WHERE r.organization_id = organization AND r.wave_id = wave AND r.score IS NOT NULL AND s.score IS NOT NULL
    GROUP BY r.unit_id, s.place;
END
$$;
REVOKE ALL ON FUNCTION surveys_score_ends(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION surveys_score_ends(uuid) TO clinicleader_app;

-- A certificate is written once, with the results it is about.
REVOKE UPDATE, DELETE, TRUNCATE ON surveys_releasecertificate FROM PUBLIC, clinicleader_app;
CREATE TRIGGER surveys_guard_insert AFTER INSERT ON surveys_releasecertificate
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION surveys_guard_insert('closed');
