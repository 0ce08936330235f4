-- Leaders and the led, apart: sums of their engagement over blocks of units, each side many people. No ballot
-- says whose it is. The sums grow as ballots are mixed, are settled at the close and taken out once, by whoever
-- publishes the wave; after that there are none.
REVOKE ALL ON surveys_gaptally FROM PUBLIC, clinicleader_app;
GRANT MAINTAIN ON surveys_gaptally TO clinicleader_app;
ALTER TABLE surveys_gaptally ALTER n SET STATISTICS 0, ALTER total SET STATISTICS 0, ALTER leads SET STATISTICS 0;
ALTER TABLE surveys_pendingballot ALTER leads SET STATISTICS 0;

-- The blocks are frozen with the roll.
REVOKE UPDATE, DELETE, TRUNCATE ON surveys_gapblock FROM PUBLIC, clinicleader_app;
CREATE TRIGGER surveys_guard_insert AFTER INSERT ON surveys_gapblock
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION surveys_guard_insert('draft');

-- Published rows are written once.
REVOKE UPDATE, DELETE, TRUNCATE ON surveys_publishedgap FROM PUBLIC, clinicleader_app;
CREATE TRIGGER surveys_guard_insert AFTER INSERT ON surveys_publishedgap
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION surveys_guard_insert('closed');

-- The blocks of a wave, deepest first: how many leaders and led are counted, and the nearest block above.
CREATE FUNCTION surveys_gap_blocks(organization bigint, wave uuid)
RETURNS TABLE (block uuid, leaders bigint, led bigint, depth integer, above uuid)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH counted AS (
        SELECT u.id, u.path, u.depth,
               coalesce(sum(t.n) FILTER (WHERE t.leads), 0)::bigint AS leaders,
               coalesce(sum(t.n) FILTER (WHERE NOT t.leads), 0)::bigint AS led
        FROM (SELECT DISTINCT g.block_id FROM public.surveys_gapblock g
              WHERE g.organization_id = organization AND g.wave_id = wave) b
        JOIN public.people_unit u ON u.organization_id = organization AND u.id = b.block_id
        LEFT JOIN public.surveys_gaptally t
          ON t.organization_id = organization AND t.wave_id = wave AND t.block_id = b.block_id
        GROUP BY u.id, u.path, u.depth
    )
    SELECT c.id, c.leaders, c.led, c.depth::integer,
           (SELECT upper.id FROM counted upper
            WHERE upper.id <> c.id AND starts_with(c.path, upper.path) ORDER BY upper.depth DESC LIMIT 1)
    FROM counted c ORDER BY c.depth DESC, c.id
$$;

-- One block becomes part of another.
CREATE FUNCTION surveys_join_gap_block(organization bigint, wave uuid, block uuid, other uuid) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE public.surveys_gapblock g SET block_id = other
    WHERE g.organization_id = organization AND g.wave_id = wave AND g.block_id = block;
    WITH taken AS (
        DELETE FROM public.surveys_gaptally t
        WHERE t.organization_id = organization AND t.wave_id = wave AND t.block_id = block RETURNING t.*
    )
    INSERT INTO public.surveys_gaptally AS tally (id, organization_id, wave_id, block_id, leads, n, total)
    SELECT gen_random_uuid(), t.organization_id, t.wave_id, other, t.leads, t.n, t.total FROM taken t
    ON CONFLICT (organization_id, wave_id, block_id, leads)
    DO UPDATE SET n = tally.n + excluded.n, total = tally.total + excluded.total;
END
$$;

-- At the close: blocks in which too few of one side answered become part of the block above, the uppermost take in
-- the smallest below, and what is still too small is deleted. Then all sums are written anew in an order of chance.
CREATE FUNCTION surveys_settle_tallies(organization bigint, wave uuid) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    fewest bigint;
    weak record;
    smallest uuid;
BEGIN
    SELECT greatest(w.threshold, 10) INTO fewest FROM public.surveys_wave w
    WHERE w.organization_id = organization AND w.id = wave;
    LOOP
        SELECT * INTO weak FROM public.surveys_gap_blocks(organization, wave) b
        WHERE least(b.leaders, b.led) < fewest ORDER BY b.depth DESC, b.block LIMIT 1;
        EXIT WHEN NOT FOUND;
        IF weak.above IS NOT NULL THEN
            PERFORM public.surveys_join_gap_block(organization, wave, weak.block, weak.above);
            CONTINUE;
        END IF;
        SELECT b.block INTO smallest FROM public.surveys_gap_blocks(organization, wave) b
        WHERE b.above = weak.block ORDER BY b.leaders, b.led, b.block LIMIT 1;
        IF smallest IS NOT NULL THEN
            PERFORM public.surveys_join_gap_block(organization, wave, smallest, weak.block);
            CONTINUE;
        END IF;
        DELETE FROM public.surveys_gaptally t
        WHERE t.organization_id = organization AND t.wave_id = wave AND t.block_id = weak.block;
        DELETE FROM public.surveys_gapblock g
        WHERE g.organization_id = organization AND g.wave_id = wave AND g.block_id = weak.block;
    END LOOP;
    WITH taken AS (
        DELETE FROM public.surveys_gaptally t
        WHERE t.organization_id = organization AND t.wave_id = wave RETURNING t.*
    )
    INSERT INTO public.surveys_gaptally (id, organization_id, wave_id, block_id, leads, n, total)
    SELECT gen_random_uuid(), t.organization_id, t.wave_id, t.block_id, t.leads, t.n, t.total
    FROM taken t ORDER BY gen_random_uuid();
END
$$;

-- The sums of a closed wave, once: whoever takes them out leaves none.
CREATE FUNCTION surveys_take_gap_sums(wave uuid)
RETURNS TABLE (block_id uuid, leads boolean, n bigint, total float8)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    organization bigint := public.surveys_demand_closed(wave);
BEGIN
    RETURN QUERY
    DELETE FROM public.surveys_gaptally t WHERE t.organization_id = organization AND t.wave_id = wave
    RETURNING t.block_id, t.leads, t.n::bigint, t.total;
END
$$;

REVOKE ALL ON FUNCTION surveys_gap_blocks(bigint, uuid), surveys_join_gap_block(bigint, uuid, uuid, uuid),
    surveys_settle_tallies(bigint, uuid), surveys_take_gap_sums(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION surveys_take_gap_sums(uuid) TO clinicleader_app;
