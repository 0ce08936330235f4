-- The box of a role pulse: the only way of answers in, and of figures out, once. Every function belongs to the tables' owner
-- and names the organisation itself; the application's role may call them and touch nothing behind them.
REVOKE ALL ON insights_rolepulsekey, insights_rolepulseparticipation, insights_pendingroleanswer, insights_rolepulsetally
    FROM PUBLIC, clinicleader_app;
-- After a close the space of deleted rows is cleared.
GRANT MAINTAIN ON insights_rolepulsekey, insights_rolepulseparticipation, insights_pendingroleanswer, insights_rolepulsetally
    TO clinicleader_app;
-- The planner's statistics are copies of values, which would outlive a deleted key: none are taken.
ALTER TABLE insights_rolepulsekey ALTER key SET STATISTICS 0;
ALTER TABLE insights_rolepulseparticipation ALTER nullifier SET STATISTICS 0;
ALTER TABLE insights_pendingroleanswer ALTER answers SET STATISTICS 0;
ALTER TABLE insights_rolepulsetally ALTER totals SET STATISTICS 0, ALTER squares SET STATISTICS 0;
-- The roll is written at the opening, figures by the close; that a pulse is closed says the close alone. Its days may be set.
REVOKE UPDATE, DELETE, TRUNCATE ON insights_rolepulse, insights_rolepulseleader FROM PUBLIC, clinicleader_app;
GRANT UPDATE (opened_on, closes_on) ON insights_rolepulse TO clinicleader_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON insights_rolepulsefigure FROM PUBLIC, clinicleader_app;

-- Who is asked, and as what, stays as it was when the box opened.
CREATE FUNCTION insights_refuse_late_leader() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows r JOIN public.insights_rolepulse p
               ON p.organization_id = r.organization_id AND p.id = r.pulse_id
               WHERE p.closed_on IS NOT NULL OR EXISTS (
                   SELECT FROM public.insights_rolepulsekey k
                   WHERE k.organization_id = p.organization_id AND k.pulse_id = p.id)) THEN
        RAISE EXCEPTION 'a role pulse has its roll already' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER insights_roll_is_frozen AFTER INSERT ON insights_rolepulseleader
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION insights_refuse_late_leader();

-- One advisory lock a pulse: shared by whoever answers, alone for the close. `place` 1 is for whoever counts.
CREATE FUNCTION insights_role_pulse_lock(pulse uuid, place integer) RETURNS bigint
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT hashtextextended(pulse::text, 20280000 + place) $$;

-- The nullifier of whoever the transaction acts for; NULL once nobody can tell any more.
CREATE FUNCTION insights_role_nullifier(this_pulse uuid) RETURNS bytea
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT sha256(k.key || uuid_send(k.pulse_id)
                  || coalesce(uuid_send(nullif(current_setting('clinicleader.actor', true), '')::uuid), ''))
    FROM public.insights_rolepulsekey k
    WHERE k.organization_id = public.tenancy_organization() AND k.pulse_id = this_pulse
$$;

-- A pulse opens: its key is made here and never leaves.
CREATE FUNCTION insights_open_role_pulse(this_pulse uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.tenancy_organization();
BEGIN
    IF NOT EXISTS (SELECT FROM public.insights_rolepulse p
                   WHERE p.organization_id = organization AND p.id = this_pulse AND p.closed_on IS NULL) THEN
        RAISE EXCEPTION 'role pulse % is not open', this_pulse USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO public.insights_rolepulsekey (id, organization_id, pulse_id, key)
    VALUES (gen_random_uuid(), organization, this_pulse,
            uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
END
$$;

-- The sums of one answer, scale by scale, as insights/role_items.py has the sentences.
CREATE FUNCTION insights_role_scales(said smallint[]) RETURNS integer[]
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT ARRAY[said[1] + said[2], said[3], said[4] + said[5], said[6], said[7]]::integer[] $$;

-- Adds the answers that wait to the sums, once there are enough of them, and deletes them.
CREATE FUNCTION insights_count_role_answers(organization bigint, this_pulse uuid, enough integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF (SELECT count(*) FROM public.insights_pendingroleanswer a
        WHERE a.organization_id = organization AND a.pulse_id = this_pulse) < enough THEN
        RETURN;
    END IF;
    WITH taken AS (
        DELETE FROM public.insights_pendingroleanswer a
        WHERE a.organization_id = organization AND a.pulse_id = this_pulse RETURNING a.profession, a.structure, a.answers
    ), scores AS (
        SELECT t.profession, t.structure, s.place, count(*) AS n, sum(s.score) AS total, sum(s.score * s.score) AS square
        FROM taken t, unnest(public.insights_role_scales(t.answers)) WITH ORDINALITY s (score, place)
        GROUP BY t.profession, t.structure, s.place
    )
    INSERT INTO public.insights_rolepulsetally AS tally
        (id, organization_id, pulse_id, profession, structure, n, totals, squares)
    SELECT gen_random_uuid(), organization, this_pulse, profession, structure, min(n),
           array_agg(total ORDER BY place), array_agg(square ORDER BY place)
    FROM scores GROUP BY profession, structure
    ON CONFLICT (organization_id, pulse_id, profession, structure) DO UPDATE SET
        n = tally.n + excluded.n,
        totals = ARRAY(SELECT a + b FROM unnest(tally.totals, excluded.totals) WITH ORDINALITY u (a, b, o) ORDER BY o),
        squares = ARRAY(SELECT a + b FROM unnest(tally.squares, excluded.squares) WITH ORDINALITY u (a, b, o) ORDER BY o);
END
$$;

-- The answers of whoever the transaction acts for: 'counted', or why nothing was.
CREATE FUNCTION insights_answer_role_pulse(this_pulse uuid, said smallint[]) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.tenancy_organization();
    person uuid := nullif(current_setting('clinicleader.actor', true), '')::uuid;
    today date := public.succession_today(organization);
    nullifier bytea;
    leader record;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(public.insights_role_pulse_lock(this_pulse, 0));
    nullifier := public.insights_role_nullifier(this_pulse);
    IF nullifier IS NULL OR NOT EXISTS (
        SELECT FROM public.insights_rolepulse p
        WHERE p.organization_id = organization AND p.id = this_pulse AND p.closed_on IS NULL AND p.closes_on >= today) THEN
        RETURN 'closed';
    END IF;
    SELECT l.profession, l.structure INTO leader FROM public.insights_rolepulseleader l
    WHERE l.organization_id = organization AND l.pulse_id = this_pulse AND l.person_id = person;
    IF NOT FOUND THEN
        RETURN 'not asked';
    END IF;
    IF EXISTS (SELECT FROM public.people_person p
               WHERE p.organization_id = organization AND p.id = person AND p.end_date < today) THEN
        RETURN 'left';
    END IF;
    IF said IS NULL OR array_ndims(said) <> 1 OR array_lower(said, 1) <> 1 OR cardinality(said) <> 7
       OR EXISTS (SELECT FROM unnest(said) a WHERE a IS NULL OR a NOT BETWEEN 1 AND 5) THEN
        RETURN 'unfit';
    END IF;
    INSERT INTO public.insights_rolepulseparticipation (id, organization_id, pulse_id, nullifier)
    VALUES (gen_random_uuid(), organization, this_pulse, nullifier)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN 'again';
    END IF;
    INSERT INTO public.insights_pendingroleanswer (id, organization_id, pulse_id, profession, structure, answers)
    VALUES (gen_random_uuid(), organization, this_pulse, leader.profession, leader.structure, said);
    -- Of several who come at the same time one counts.
    IF pg_try_advisory_xact_lock(public.insights_role_pulse_lock(this_pulse, 1)) THEN
        PERFORM public.insights_count_role_answers(organization, this_pulse, 10);
    END IF;
    RETURN 'counted';
END
$$;

-- Whether whoever the transaction acts for has answered; NULL once nobody can tell any more.
CREATE FUNCTION insights_has_answered(this_pulse uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM public.insights_rolepulseparticipation p
        WHERE p.organization_id = k.organization_id AND p.pulse_id = k.pulse_id
          AND p.nullifier = public.insights_role_nullifier(this_pulse))
    FROM public.insights_rolepulsekey k
    WHERE k.organization_id = public.tenancy_organization() AND k.pulse_id = this_pulse
$$;

-- Which of the parts of a whole are told: five people or more, and what is left out is together nobody or five as well; or the
-- smallest part is left out too. The rule of readiness/disclosure.py, shown_parts().
CREATE FUNCTION insights_told_parts(names text[], counts bigint[]) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    told text[];
    left_out bigint;
BEGIN
    SELECT coalesce(array_agg(p.name ORDER BY p.n, p.place) FILTER (WHERE p.n >= 5), '{}'),
           coalesce(sum(p.n) FILTER (WHERE p.n < 5), 0)
    INTO told, left_out FROM unnest(names, counts) WITH ORDINALITY p (name, n, place);
    RETURN CASE WHEN left_out BETWEEN 1 AND 4 THEN told[2:] ELSE told END;
END
$$;

-- Whether two ways to part the same people may both be told. `one` and `other` say in which part (from 0 on) of each a cell of
-- `people` is. Somebody who takes sums of parts of the one from sums of parts of the other has what is in one of the two alone:
-- that is nobody, or five.
CREATE FUNCTION insights_may_tell_both(one integer[], other integer[], people bigint[]) RETURNS boolean
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(bool_and(apart = 0 OR apart >= 5), true)
    FROM (
        SELECT coalesce(sum(c.n) FILTER (WHERE (a.set >> c.i & 1) <> (b.set >> c.j & 1)), 0) AS apart
        FROM generate_series(0, (1 << (SELECT max(i) + 1 FROM unnest(one) i)) - 1) a (set)
        CROSS JOIN generate_series(0, (1 << (SELECT max(j) + 1 FROM unnest(other) j)) - 1) b (set)
        CROSS JOIN unnest(one, other, people) c (i, j, n)
        GROUP BY a.set, b.set
    ) pairs
$$;

-- Writes the figures of one way to part the answers, of the parts that are told.
CREATE FUNCTION insights_write_role_figures(organization bigint, this_pulse uuid, way text, told text[]) RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO public.insights_rolepulsefigure
        (id, organization_id, pulse_id, grouped_by, "group", scale, n, mean, deviation)
    SELECT gen_random_uuid(), organization, this_pulse, way, sums.part, s.scale, sums.n,
           round(sums.total / (sums.n * s.sentences), 2),
           round(sqrt(greatest(sums.square - sums.total * sums.total / sums.n, 0) / (sums.n - 1)) / s.sentences, 2)
    FROM (
        SELECT CASE way WHEN 'profession' THEN t.profession WHEN 'structure' THEN t.structure ELSE '' END AS part, u.place,
               sum(t.n) AS n, sum(u.total)::numeric AS total, sum(u.square)::numeric AS square
        FROM public.insights_rolepulsetally t, unnest(t.totals, t.squares) WITH ORDINALITY u (total, square, place)
        WHERE t.organization_id = organization AND t.pulse_id = this_pulse
        GROUP BY 1, 2
    ) sums
    JOIN (VALUES (1, 'strain', 2), (2, 'side', 1), (3, 'commitment', 2), (4, 'structure', 1), (5, 'relations', 1))
        s (place, scale, sentences) ON s.place = sums.place
    WHERE sums.part = ANY (told)
$$;

-- After the last day, once: writes what may be told, and deletes key, nullifiers, answers and sums. Structures come first:
-- professions are told beside them only where nobody's answer follows from both.
CREATE FUNCTION insights_close_role_pulse(this_pulse uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.tenancy_organization();
    today date := public.succession_today(organization);
    structures text[];
    professions text[];
BEGIN
    PERFORM pg_advisory_xact_lock(public.insights_role_pulse_lock(this_pulse, 0));
    UPDATE public.insights_rolepulse p SET closed_on = today
    WHERE p.organization_id = organization AND p.id = this_pulse AND p.closed_on IS NULL AND p.closes_on < today;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'role pulse % is not over', this_pulse USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM public.insights_count_role_answers(organization, this_pulse, 1);
    IF (SELECT sum(t.n) FROM public.insights_rolepulsetally t
        WHERE t.organization_id = organization AND t.pulse_id = this_pulse) >= 5 THEN
        SELECT public.insights_told_parts(array_agg(part ORDER BY part), array_agg(n ORDER BY part)) INTO structures
        FROM (SELECT t.structure AS part, sum(t.n)::bigint AS n FROM public.insights_rolepulsetally t
              WHERE t.organization_id = organization AND t.pulse_id = this_pulse GROUP BY t.structure) parts;
        SELECT public.insights_told_parts(array_agg(part ORDER BY part), array_agg(n ORDER BY part)) INTO professions
        FROM (SELECT t.profession AS part, sum(t.n)::bigint AS n FROM public.insights_rolepulsetally t
              WHERE t.organization_id = organization AND t.pulse_id = this_pulse GROUP BY t.profession) parts;
        -- Parts that are not told are together one: whoever knows the whole knows it.
        IF NOT (SELECT public.insights_may_tell_both(
                    array_agg(coalesce(array_position(structures, t.structure::text), 0)),
                    array_agg(coalesce(array_position(professions, t.profession::text), 0)), array_agg(t.n::bigint))
                FROM public.insights_rolepulsetally t
                WHERE t.organization_id = organization AND t.pulse_id = this_pulse) THEN
            professions := '{}';
        END IF;
        PERFORM public.insights_write_role_figures(organization, this_pulse, 'all', ARRAY['']);
        PERFORM public.insights_write_role_figures(organization, this_pulse, 'structure', structures);
        PERFORM public.insights_write_role_figures(organization, this_pulse, 'profession', professions);
    END IF;
    DELETE FROM public.insights_rolepulsetally t WHERE t.organization_id = organization AND t.pulse_id = this_pulse;
    DELETE FROM public.insights_rolepulseparticipation p
    WHERE p.organization_id = organization AND p.pulse_id = this_pulse;
    DELETE FROM public.insights_rolepulsekey k WHERE k.organization_id = organization AND k.pulse_id = this_pulse;
END
$$;

REVOKE ALL ON FUNCTION insights_refuse_late_leader(), insights_role_pulse_lock(uuid, integer), insights_role_nullifier(uuid),
    insights_open_role_pulse(uuid), insights_role_scales(smallint[]),
    insights_count_role_answers(bigint, uuid, integer), insights_answer_role_pulse(uuid, smallint[]),
    insights_has_answered(uuid), insights_told_parts(text[], bigint[]),
    insights_may_tell_both(integer[], integer[], bigint[]), insights_write_role_figures(bigint, uuid, text, text[]),
    insights_close_role_pulse(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION insights_open_role_pulse(uuid), insights_answer_role_pulse(uuid, smallint[]),
    insights_has_answered(uuid), insights_close_role_pulse(uuid) TO clinicleader_app;
