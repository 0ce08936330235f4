-- How a ballot comes in, is mixed, and how a wave is closed. Functions of the tables' owner only, so that a
-- migration may run this file again; who may call them says ballot_box.sql.

-- The answers of whoever the transaction acts for: 'counted', or why nothing was counted.
CREATE OR REPLACE FUNCTION surveys_cast_ballot(wave uuid, answers smallint[], score float8, scales float8[], remark text)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.tenancy_organization();
    person uuid := nullif(current_setting('clinicleader.actor', true), '')::uuid;
    unit uuid;
    leads boolean;
    nullifier bytea;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(public.surveys_lock_number(wave, 0));
    nullifier := public.surveys_nullifier(organization, wave, person);
    IF nullifier IS NULL THEN
        RETURN 'closed';  -- there is a key while a wave is open, and only then
    END IF;
    -- Whether they lead is told to the mixing alone, and only in a wave that compares leaders with the led.
    SELECT r.unit_id, CASE WHEN b.id IS NOT NULL THEN r.leads END INTO unit, leads
    FROM public.surveys_rollentry r
    LEFT JOIN public.surveys_gapblock b
      ON b.organization_id = r.organization_id AND b.wave_id = r.wave_id AND b.unit_id = r.unit_id
    WHERE r.organization_id = organization AND r.wave_id = wave AND r.person_id = person;
    IF unit IS NULL THEN
        RETURN 'not asked';
    END IF;
    PERFORM public.surveys_demand_answers(organization, wave, answers);
    INSERT INTO public.surveys_participation (id, organization_id, wave_id, nullifier)
    VALUES (gen_random_uuid(), organization, wave, nullifier)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN 'again';
    END IF;
    INSERT INTO public.surveys_pendingballot
        (id, organization_id, wave_id, unit_id, answers, score, scale_scores, leads)
    VALUES (gen_random_uuid(), organization, wave, unit, answers, score, scales, leads);
    IF remark <> '' THEN
        INSERT INTO public.surveys_pendingcomment (id, organization_id, wave_id, unit_id, text)
        VALUES (gen_random_uuid(), organization, wave, unit, remark);
    END IF;
    -- Of several who come at the same time one mixes.
    IF pg_try_advisory_xact_lock(public.surveys_lock_number(wave, 1)) THEN
        PERFORM public.surveys_mix(organization, wave, 10);
    END IF;
    RETURN 'counted';
END
$$;

-- Whatever waits is written anew in an order of chance, once there are enough of it. Whether a ballot is a leader's
-- ends here: it goes into two sums of a block of units.
CREATE OR REPLACE FUNCTION surveys_mix(organization bigint, wave uuid, enough integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF (SELECT count(*) FROM public.surveys_pendingballot p
        WHERE p.organization_id = organization AND p.wave_id = wave) >= enough THEN
        WITH taken AS (
            DELETE FROM public.surveys_pendingballot p
            WHERE p.organization_id = organization AND p.wave_id = wave RETURNING p.*
        ), mixed AS (
            INSERT INTO public.surveys_response
                (id, organization_id, wave_id, unit_id, answers, score, scale_scores)
            SELECT gen_random_uuid(), t.organization_id, t.wave_id, t.unit_id, t.answers, t.score, t.scale_scores
            FROM taken t ORDER BY gen_random_uuid()
        )
        INSERT INTO public.surveys_gaptally AS tally (id, organization_id, wave_id, block_id, leads, n, total)
        SELECT gen_random_uuid(), t.organization_id, t.wave_id, b.block_id, t.leads, count(*),
               sum(t.scale_scores[b.scale])
        FROM taken t
        JOIN public.surveys_gapblock b
          ON b.organization_id = t.organization_id AND b.wave_id = t.wave_id AND b.unit_id = t.unit_id
        WHERE t.leads IS NOT NULL AND t.score IS NOT NULL AND t.scale_scores[b.scale] IS NOT NULL
        GROUP BY t.organization_id, t.wave_id, b.block_id, t.leads
        ON CONFLICT (organization_id, wave_id, block_id, leads)
        DO UPDATE SET n = tally.n + excluded.n, total = tally.total + excluded.total;
    END IF;
    IF (SELECT count(*) FROM public.surveys_pendingcomment p
        WHERE p.organization_id = organization AND p.wave_id = wave) >= enough THEN
        WITH taken AS (
            DELETE FROM public.surveys_pendingcomment p
            WHERE p.organization_id = organization AND p.wave_id = wave RETURNING p.*
        )
        INSERT INTO public.surveys_comment (id, organization_id, wave_id, unit_id, text)
        SELECT gen_random_uuid(), t.organization_id, t.wave_id, t.unit_id, t.text
        FROM taken t ORDER BY gen_random_uuid();
    END IF;
END
$$;

-- From open to closed. All ballots and comments are written anew in one transaction and in an order of chance,
-- so that neither place nor transaction tells when one came; then key and nullifiers are deleted.
CREATE OR REPLACE FUNCTION surveys_close_wave(wave uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    organization bigint;
    closing uuid := wave;
BEGIN
    PERFORM pg_advisory_xact_lock(public.surveys_lock_number(closing, 0));
    organization := public.surveys_demand_state(closing, 'open');
    PERFORM public.surveys_mix(organization, closing, 1);
    WITH taken AS (
        DELETE FROM public.surveys_response r
        WHERE r.organization_id = organization AND r.wave_id = closing RETURNING r.*
    )
    INSERT INTO public.surveys_response (id, organization_id, wave_id, unit_id, answers, score, scale_scores)
    SELECT gen_random_uuid(), t.organization_id, t.wave_id, t.unit_id, t.answers, t.score, t.scale_scores
    FROM taken t ORDER BY gen_random_uuid();
    WITH taken AS (
        DELETE FROM public.surveys_comment c
        WHERE c.organization_id = organization AND c.wave_id = closing RETURNING c.*
    )
    INSERT INTO public.surveys_comment (id, organization_id, wave_id, unit_id, text)
    SELECT gen_random_uuid(), t.organization_id, t.wave_id, t.unit_id, t.text
    FROM taken t ORDER BY gen_random_uuid();
    PERFORM public.surveys_settle_tallies(organization, closing);
    DELETE FROM public.surveys_participation p WHERE p.organization_id = organization AND p.wave_id = closing;
    DELETE FROM public.surveys_wavekey k WHERE k.organization_id = organization AND k.wave_id = closing;
    UPDATE public.surveys_wave w SET state = 'closed' WHERE w.organization_id = organization AND w.id = closing;
END
$$;
