-- What keeps a wave honest: functions only, so that a migration may run this file again.

-- A wave moves forward only, and from its launch its terms are those the respondents were told.
CREATE OR REPLACE FUNCTION surveys_guard_wave() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    states constant text[] := ARRAY['draft', 'open', 'closed', 'published'];
BEGIN
    IF TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID) THEN
        RETURN OLD;  -- an organisation that goes takes everything with it
    END IF;
    IF OLD.state = 'published' THEN
        RAISE EXCEPTION 'wave % is published: it cannot be changed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' AND NOT OLD.imported THEN
            RAISE EXCEPTION 'wave % was launched: it cannot be deleted', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    -- A wave that runs here is opened and closed by the ballot box alone: it makes the key, mixes, and destroys.
    IF NEW.state <> OLD.state AND NOT OLD.imported AND NEW.state <> 'published'
        AND NOT public.tenancy_is_owner(TG_RELID) THEN
        RAISE EXCEPTION 'wave % is opened and closed by its ballot box', OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.state = 'published' AND OLD.state <> 'closed' THEN
        RAISE EXCEPTION 'wave % is not closed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    NEW.closed_in := CASE WHEN NEW.state = 'closed' AND OLD.state <> 'closed'
        THEN pg_current_xact_id()::text::bigint ELSE OLD.closed_in END;
    IF array_position(states, NEW.state::text) < array_position(states, OLD.state::text) THEN
        RAISE EXCEPTION 'wave % is %: it cannot become % again', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state <> 'draft' AND
        (NEW.instrument_id, NEW.threshold, NEW.scale_low, NEW.scale_high, NEW.imported,
         NEW.audience, NEW.unit_id, NEW.cohort_id, NEW.opens_on)
        IS DISTINCT FROM
        (OLD.instrument_id, OLD.threshold, OLD.scale_low, OLD.scale_high, OLD.imported,
         OLD.audience, OLD.unit_id, OLD.cohort_id, OLD.opens_on) THEN
        RAISE EXCEPTION 'instrument, threshold, scale and population of wave % are fixed', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

-- The trigger's argument is the one state in which a wave takes rows of the table. Answers to a wave that runs
-- here come through the ballot box alone, which acts as the tables' owner.
CREATE OR REPLACE FUNCTION surveys_guard_insert() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT organization_id, wave_id FROM new_rows) n
        JOIN public.surveys_wave w ON w.organization_id = n.organization_id AND w.id = n.wave_id
        WHERE w.state <> TG_ARGV[0]
    ) THEN
        RAISE EXCEPTION '% takes rows only while the wave is %', TG_TABLE_NAME, TG_ARGV[0]
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'surveys_response' AND current_user = 'clinicleader_app' AND EXISTS (
        SELECT FROM (SELECT DISTINCT organization_id, wave_id FROM new_rows) n
        JOIN public.surveys_wave w ON w.organization_id = n.organization_id AND w.id = n.wave_id
        WHERE NOT w.imported
    ) THEN
        RAISE EXCEPTION 'answers to a wave come through the ballot box' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END
$$;

-- Sums and comments are given of a wave whose close has happened: not of one that the same transaction has closed
-- and may roll back, after which it would run on and give the next sums with one ballot more. Who imports a file
-- has its answers anyway.
CREATE OR REPLACE FUNCTION surveys_demand_closed(wave uuid) RETURNS bigint
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.tenancy_organization();
BEGIN
    IF NOT EXISTS (SELECT FROM public.surveys_wave w
                   WHERE w.organization_id = organization AND w.id = wave AND w.state = 'closed'
                     AND (w.imported OR w.closed_in IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint)
    ) THEN
        RAISE EXCEPTION 'wave % gives sums only between closing and publication', wave
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN organization;
END
$$;
