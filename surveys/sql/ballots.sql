-- Answers go in and never come out. The application's role may insert responses; the only way to anything
-- about them is the functions below, which give sums by unit, and only between a wave's closing and its
-- publication. After that nobody but the published cells speaks about the wave.
REVOKE ALL ON surveys_response FROM PUBLIC, clinicleader_app;
GRANT INSERT ON surveys_response TO clinicleader_app;

-- Published cells are written once.
REVOKE UPDATE, DELETE, TRUNCATE ON surveys_publishedindex, surveys_publishedscale, surveys_publisheditem,
    surveys_publishedwave FROM PUBLIC, clinicleader_app;

CREATE TRIGGER surveys_guard_wave BEFORE UPDATE OR DELETE ON surveys_wave
    FOR EACH ROW EXECUTE FUNCTION surveys_guard_wave();

CREATE TRIGGER surveys_guard_insert AFTER INSERT ON surveys_response
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION surveys_guard_insert('open');
CREATE TRIGGER surveys_guard_insert AFTER INSERT ON surveys_publishedindex
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION surveys_guard_insert('closed');
CREATE TRIGGER surveys_guard_insert AFTER INSERT ON surveys_publishedscale
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION surveys_guard_insert('closed');
CREATE TRIGGER surveys_guard_insert AFTER INSERT ON surveys_publisheditem
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION surveys_guard_insert('closed');
CREATE TRIGGER surveys_guard_insert AFTER INSERT ON surveys_publishedwave
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION surveys_guard_insert('closed');

-- The functions belong to the tables' owner, who passes row security: each names the organisation itself.
-- Count, sum and sum of squares of the scores of each unit's own respondents: everything an index needs.
CREATE FUNCTION surveys_index_sums(wave uuid)
RETURNS TABLE (unit_id uuid, n bigint, total float8, squares float8, left_out bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    organization bigint := public.surveys_demand_closed(wave);
BEGIN
    RETURN QUERY
    SELECT r.unit_id, count(r.score), coalesce(sum(r.score), 0), coalesce(sum(r.score * r.score), 0),
           count(*) - count(r.score)
    FROM public.surveys_response r
    WHERE r.organization_id = organization AND r.wave_id = wave
    GROUP BY r.unit_id;
END
$$;

-- The same for each scale (behaviour or outcome), over the responses that count.
CREATE FUNCTION surveys_scale_sums(wave uuid)
RETURNS TABLE (unit_id uuid, scale integer, n bigint, total float8, squares float8)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    organization bigint := public.surveys_demand_closed(wave);
BEGIN
    RETURN QUERY
    SELECT r.unit_id, s.place::integer, count(*), sum(s.score), sum(s.score * s.score)
    FROM public.surveys_response r
    CROSS JOIN LATERAL unnest(r.scale_scores) WITH ORDINALITY AS s (score, place)
    WHERE r.organization_id = organization AND r.wave_id = wave AND r.score IS NOT NULL AND s.score IS NOT NULL
    GROUP BY r.unit_id, s.place;
END
$$;

-- How often each answer was given to each item; `complete` tells whether all index items were answered.
CREATE FUNCTION surveys_answer_counts(wave uuid, index_items integer)
RETURNS TABLE (unit_id uuid, item integer, answer integer, complete boolean, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    organization bigint := public.surveys_demand_closed(wave);
BEGIN
    RETURN QUERY
    SELECT r.unit_id, a.place::integer, a.answer::integer,
           array_position(r.answers[1:index_items], NULL) IS NULL, count(*)
    FROM public.surveys_response r
    CROSS JOIN LATERAL unnest(r.answers) WITH ORDINALITY AS a (answer, place)
    WHERE r.organization_id = organization AND r.wave_id = wave AND r.score IS NOT NULL AND a.answer IS NOT NULL
    GROUP BY 1, 2, 3, 4;
END
$$;

-- How many scores fall in each of `bins` bins of equal width; the last holds the highest score.
CREATE FUNCTION surveys_score_counts(wave uuid, lowest float8, highest float8, bins integer)
RETURNS TABLE (unit_id uuid, bin integer, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    organization bigint := public.surveys_demand_closed(wave);
BEGIN
    RETURN QUERY
    SELECT r.unit_id, least(width_bucket(r.score, lowest, highest, bins), bins), count(*)
    FROM public.surveys_response r
    WHERE r.organization_id = organization AND r.wave_id = wave AND r.score IS NOT NULL
    GROUP BY 1, 2;
END
$$;

REVOKE ALL ON FUNCTION surveys_index_sums(uuid), surveys_scale_sums(uuid),
    surveys_answer_counts(uuid, integer), surveys_score_counts(uuid, float8, float8, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION surveys_index_sums(uuid), surveys_scale_sums(uuid),
    surveys_answer_counts(uuid, integer), surveys_score_counts(uuid, float8, float8, integer) TO clinicleader_app;
