-- What a pilot is judged by is declared before it begins, and stays. Later additions are exploratory, and say so.
CREATE FUNCTION insights_guard_pilot() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    today date := (SELECT (now() AT TIME ZONE o.time_zone)::date FROM public.tenancy_organization o
                   WHERE o.id = OLD.organization_id);
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.starts_on > today OR public.tenancy_is_owner(TG_RELID) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a pilot that has begun is not removed' USING ERRCODE = 'restrict_violation';
    ELSIF NEW.starts_on <> OLD.starts_on AND OLD.starts_on <= today THEN
        RAISE EXCEPTION 'a pilot that has begun keeps its first day' USING ERRCODE = 'restrict_violation';
    ELSIF EXISTS (SELECT FROM public.insights_pilotoutcome o
                  WHERE o.organization_id = NEW.organization_id AND o.pilot_id = NEW.id
                    AND NOT o.exploratory AND o.declared_on >= NEW.starts_on) THEN
        RAISE EXCEPTION 'outcomes are declared before a pilot begins' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER insights_pilot_guard BEFORE UPDATE OR DELETE ON insights_pilot
    FOR EACH ROW EXECUTE FUNCTION insights_guard_pilot();

CREATE FUNCTION insights_guard_pilot_outcome() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    outcome public.insights_pilotoutcome := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    begins date;
    today date;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'an outcome is never reworded' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID) THEN
        RETURN OLD;
    END IF;
    -- Locked: nobody moves the first day meanwhile.
    SELECT p.starts_on, (now() AT TIME ZONE o.time_zone)::date INTO begins, today
    FROM public.insights_pilot p JOIN public.tenancy_organization o ON o.id = p.organization_id
    WHERE p.organization_id = outcome.organization_id AND p.id = outcome.pilot_id FOR SHARE OF p;
    IF outcome.exploratory OR (begins > today AND (TG_OP = 'DELETE' OR outcome.declared_on < begins)) THEN
        RETURN outcome;
    END IF;
    RAISE EXCEPTION 'outcomes are declared before a pilot begins' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER insights_pilotoutcome_guard BEFORE INSERT OR UPDATE OR DELETE ON insights_pilotoutcome
    FOR EACH ROW EXECUTE FUNCTION insights_guard_pilot_outcome();

-- A value is of a unit and an outcome of the same pilot, in a period as the outcome has them; of people only
-- with how many they are, as nothing is told of a few.
CREATE FUNCTION insights_guard_pilot_value() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM public.insights_pilotoutcome o
               JOIN public.insights_pilotunit u
                 ON u.organization_id = o.organization_id AND u.pilot_id = o.pilot_id
               WHERE o.organization_id = NEW.organization_id AND o.id = NEW.outcome_id AND u.id = NEW.unit_id
                 AND (o.every = 'month' OR extract(month FROM NEW.period) IN (1, 4, 7, 10))
                 AND (NEW.people IS NOT NULL OR o.kind NOT IN ('patient', 'family', 'wellbeing'))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a value is of a unit and a period of its pilot' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER insights_pilotvalue_guard BEFORE INSERT OR UPDATE ON insights_pilotvalue
    FOR EACH ROW EXECUTE FUNCTION insights_guard_pilot_value();
