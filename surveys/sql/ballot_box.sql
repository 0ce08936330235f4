-- The ballot box: the only way of answers into a wave that runs here. Every function belongs to the tables'
-- owner and names the organisation itself; the application's role may call them and touch nothing behind them.
REVOKE ALL ON surveys_wavekey, surveys_participation, surveys_pendingballot, surveys_pendingcomment,
    surveys_comment FROM PUBLIC, clinicleader_app;
-- The roll is frozen at the launch; what somebody may change later is whether to be reminded.
REVOKE UPDATE, DELETE, TRUNCATE ON surveys_rollentry FROM PUBLIC, clinicleader_app;
GRANT UPDATE (wants_reminders) ON surveys_rollentry TO clinicleader_app;
-- After a close the space of deleted rows is cleared.
GRANT MAINTAIN ON surveys_wavekey, surveys_participation, surveys_pendingballot, surveys_pendingcomment,
    surveys_response, surveys_comment TO clinicleader_app;

-- The planner's statistics are copies of values, which would outlive a deleted key: none are taken.
ALTER TABLE surveys_wavekey ALTER key SET STATISTICS 0;
ALTER TABLE surveys_participation ALTER nullifier SET STATISTICS 0;
ALTER TABLE surveys_pendingballot
    ALTER answers SET STATISTICS 0, ALTER score SET STATISTICS 0, ALTER scale_scores SET STATISTICS 0;
ALTER TABLE surveys_response
    ALTER answers SET STATISTICS 0, ALTER score SET STATISTICS 0, ALTER scale_scores SET STATISTICS 0;
ALTER TABLE surveys_pendingcomment ALTER text SET STATISTICS 0;
ALTER TABLE surveys_comment ALTER text SET STATISTICS 0;

CREATE TRIGGER surveys_guard_insert AFTER INSERT ON surveys_rollentry
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION surveys_guard_insert('draft');

CREATE FUNCTION surveys_demand_state(wave uuid, wanted text) RETURNS bigint
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.tenancy_organization();
BEGIN
    IF NOT EXISTS (SELECT FROM public.surveys_wave w WHERE w.organization_id = organization AND w.id = wave
                   AND w.state = wanted AND NOT w.imported) THEN
        RAISE EXCEPTION 'wave % is not %', wave, wanted USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN organization;
END
$$;

-- One advisory lock a wave: shared by whoever casts, alone for the close. `place` 1 is for whoever mixes.
CREATE FUNCTION surveys_lock_number(wave uuid, place integer) RETURNS bigint
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT hashtextextended(wave::text, 20260000 + place) $$;

CREATE FUNCTION surveys_nullifier(organization bigint, wave uuid, person uuid) RETURNS bytea
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT sha256(k.key || uuid_send(wave) || coalesce(uuid_send(person), '')) FROM public.surveys_wavekey k
    WHERE k.organization_id = organization AND k.wave_id = wave
$$;

-- From draft to open: the key is made here and never leaves.
CREATE FUNCTION surveys_open_wave(wave uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.surveys_demand_state(wave, 'draft');
BEGIN
    UPDATE public.surveys_wave w SET state = 'open' WHERE w.organization_id = organization AND w.id = wave;
    INSERT INTO public.surveys_wavekey (id, organization_id, wave_id, key)
    VALUES (gen_random_uuid(), organization, wave,
            uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
END
$$;

-- As many answers as items, each in its item's range or none.
CREATE FUNCTION surveys_demand_answers(organization bigint, wave uuid, answers smallint[]) RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT i.position, i.low, i.high FROM public.surveys_instrumentitem i
                     JOIN public.surveys_wave w ON w.organization_id = i.organization_id
                         AND w.instrument_id = i.instrument_id
                     WHERE w.organization_id = organization AND w.id = wave) item
        FULL JOIN unnest(answers) WITH ORDINALITY AS given (answer, place) ON given.place = item.position + 1
        WHERE item.position IS NULL OR given.place IS NULL OR given.answer NOT BETWEEN item.low AND item.high
    ) THEN
        RAISE EXCEPTION 'the answers do not fit the questions of wave %', wave USING ERRCODE = 'check_violation';
    END IF;
END
$$;

-- Whether whoever the transaction acts for has answered; NULL once nobody can tell any more.
CREATE FUNCTION surveys_has_answered(wave uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM public.surveys_participation p
        WHERE p.organization_id = k.organization_id AND p.wave_id = k.wave_id AND p.nullifier = sha256(
            k.key || uuid_send(k.wave_id)
            || uuid_send(nullif(current_setting('clinicleader.actor', true), '')::uuid))
    )
    FROM public.surveys_wavekey k
    WHERE k.organization_id = public.tenancy_organization() AND k.wave_id = wave
$$;

-- Who of an open wave's roll has not answered and wants to be reminded.
CREATE FUNCTION surveys_to_remind(wave uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT r.person_id
    FROM public.surveys_rollentry r
    JOIN public.surveys_wavekey k ON k.organization_id = r.organization_id AND k.wave_id = r.wave_id
    WHERE r.organization_id = public.tenancy_organization() AND r.wave_id = wave AND r.wants_reminders
      AND NOT EXISTS (
        SELECT FROM public.surveys_participation p
        WHERE p.organization_id = r.organization_id AND p.wave_id = r.wave_id
          AND p.nullifier = sha256(k.key || uuid_send(r.wave_id) || uuid_send(r.person_id)))
$$;

-- How many ballots of a wave that runs here are mixed: a multiple of ten or more while it is open.
CREATE FUNCTION surveys_turnout(wave uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT count(*) / 10 * 10 FROM public.surveys_response r
    WHERE r.organization_id = public.tenancy_organization() AND r.wave_id = wave
$$;

-- The comments of a closed wave with the unit they count for, in an order of chance.
CREATE FUNCTION surveys_comments(wave uuid) RETURNS TABLE (unit_id uuid, text text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    organization bigint := public.surveys_demand_closed(wave);
BEGIN
    RETURN QUERY
    SELECT c.unit_id, c.text FROM public.surveys_comment c
    WHERE c.organization_id = organization AND c.wave_id = wave ORDER BY gen_random_uuid();
END
$$;

REVOKE ALL ON FUNCTION surveys_demand_state(uuid, text), surveys_lock_number(uuid, integer),
    surveys_nullifier(bigint, uuid, uuid), surveys_demand_answers(bigint, uuid, smallint[]),
    surveys_mix(bigint, uuid, integer), surveys_open_wave(uuid), surveys_close_wave(uuid),
    surveys_cast_ballot(uuid, smallint[], float8, float8[], text), surveys_has_answered(uuid),
    surveys_to_remind(uuid), surveys_turnout(uuid), surveys_comments(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION surveys_open_wave(uuid), surveys_close_wave(uuid),
    surveys_cast_ballot(uuid, smallint[], float8, float8[], text), surveys_has_answered(uuid),
    surveys_to_remind(uuid), surveys_turnout(uuid), surveys_comments(uuid) TO clinicleader_app;
