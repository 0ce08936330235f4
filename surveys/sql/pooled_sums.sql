-- Sums over two or three waves of teams that were too small in each: the one thing that an earlier wave gives
-- after its publication, and only while the next one of the same questionnaire is closed and not yet published.
-- It is given for the team over all waves together, for units without units below, which every earlier wave
-- withheld: nobody reached the threshold in any, three answered in each, and all together do.
--
-- Waves that ran here are pooled with such waves, files with files: whoever brings a file knows what is in it, and
-- could take invented answers off the sum. Of waves that ran here at least as many people as the threshold says
-- were asked: who answers in every wave counts once. No wave is in two pools: none is given as old as, or older
-- than, the newest that was pooled.
--
-- The publisher, who may read the sums of the newest wave, could take those away: it is the same walls that keep
-- it from doing so with a team of one. Nothing is stored beside the answers for it.
DROP FUNCTION IF EXISTS surveys_pooled_sums(uuid, uuid[]);
CREATE FUNCTION surveys_pooled_sums(wave uuid, earlier uuid[])
RETURNS TABLE (unit_id uuid, ns bigint[], total float8, lowest float8[], highest float8[], asked bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    organization bigint := public.surveys_demand_closed(wave);
    waves uuid[] := earlier || wave;
    newest public.surveys_wave;
BEGIN
    SELECT * INTO newest FROM public.surveys_wave w WHERE w.organization_id = organization AND w.id = wave;
    IF coalesce(cardinality(earlier), 0) NOT BETWEEN 1 AND 2 OR (
        SELECT count(DISTINCT w.id) FROM public.surveys_wave w
        WHERE w.organization_id = organization AND w.id = ANY (earlier) AND w.state = 'published'
          AND (w.instrument_id, w.scale_low, w.scale_high, w.threshold, w.imported)
              = (newest.instrument_id, newest.scale_low, newest.scale_high, newest.threshold, newest.imported)
          AND w.closes_on < newest.closes_on
    ) <> cardinality(earlier) THEN
        RAISE EXCEPTION 'wave % is pooled with one or two published waves of the same terms before it', wave
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (
        SELECT FROM public.surveys_publishedpool p
        JOIN public.surveys_wave w ON w.organization_id = organization AND w.id = p.wave_id
        WHERE p.organization_id = organization AND w.instrument_id = newest.instrument_id
          AND w.closes_on >= (SELECT min(e.closes_on) FROM public.surveys_wave e
                              WHERE e.organization_id = organization AND e.id = ANY (earlier))
    ) THEN
        RAISE EXCEPTION 'a wave before % may have been pooled already', wave USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY
    WITH own AS (
        SELECT r.unit_id, r.wave_id, count(*) AS n, sum(r.score) AS total,
               min(r.score) AS lowest, max(r.score) AS highest
        FROM public.surveys_response r
        WHERE r.organization_id = organization AND r.wave_id = ANY (waves) AND r.score IS NOT NULL
        GROUP BY r.unit_id, r.wave_id
    ), asked AS (
        SELECT e.unit_id, count(DISTINCT e.person_id) AS people
        FROM public.surveys_rollentry e
        WHERE e.organization_id = organization AND e.wave_id = ANY (waves)
        GROUP BY e.unit_id
    )
    SELECT o.unit_id, array_agg(o.n ORDER BY array_position(waves, o.wave_id)), sum(o.total),
           array_agg(o.lowest ORDER BY array_position(waves, o.wave_id)),
           array_agg(o.highest ORDER BY array_position(waves, o.wave_id)),
           CASE WHEN NOT newest.imported THEN coalesce(max(a.people), 0) END
    FROM own o
    LEFT JOIN asked a ON a.unit_id = o.unit_id
    WHERE NOT EXISTS (SELECT FROM public.people_unit u
                      WHERE u.organization_id = organization AND u.parent_id = o.unit_id)
    GROUP BY o.unit_id
    HAVING count(*) = cardinality(waves) AND min(o.n) >= 3 AND max(o.n) < newest.threshold
       AND sum(o.n) >= newest.threshold
       AND (newest.imported OR max(a.people) >= newest.threshold)
       AND cardinality(earlier) = (
           SELECT count(*) FROM public.surveys_publishedindex p
           WHERE p.organization_id = organization AND p.wave_id = ANY (earlier) AND p.unit_id = o.unit_id
             AND p.state = 'withheld');
END
$$;
REVOKE ALL ON FUNCTION surveys_pooled_sums(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION surveys_pooled_sums(uuid, uuid[]) TO clinicleader_app;
