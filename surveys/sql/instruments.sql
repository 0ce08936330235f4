-- What people have answered stays as they read it: only a draft can be changed. Of an instrument in use or
-- retired the state alone moves, between these two. The tables' owner may erase (see tenancy_is_owner).
CREATE FUNCTION surveys_guard_instrument() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state = 'draft' OR public.tenancy_is_owner(TG_RELID) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'instrument % is no draft: it is never removed', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'draft' THEN
        IF NEW.state = 'retired' OR (NEW.state = 'active' AND NOT EXISTS (
            SELECT FROM public.surveys_instrumentitem i
            WHERE i.organization_id = OLD.organization_id AND i.instrument_id = OLD.id AND i.part = 'index'
        )) THEN
            RAISE EXCEPTION 'instrument % is a draft: it can be used once it has items', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state = 'draft' OR to_jsonb(NEW) - 'state' <> to_jsonb(OLD) - 'state' THEN
        RAISE EXCEPTION 'instrument % is no draft: it cannot be changed', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER surveys_guard_instrument BEFORE UPDATE OR DELETE ON surveys_instrument
    FOR EACH ROW EXECUTE FUNCTION surveys_guard_instrument();

CREATE FUNCTION surveys_demand_draft(organization bigint, instrument uuid) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found text;
BEGIN
    -- The lock: nobody puts the instrument to use while its items change.
    SELECT i.state INTO found FROM public.surveys_instrument i
    WHERE i.organization_id = organization AND i.id = instrument FOR SHARE;
    IF found <> 'draft' THEN
        RAISE EXCEPTION 'instrument % is no draft: its items cannot be changed', instrument
            USING ERRCODE = 'restrict_violation';
    END IF;
END
$$;

CREATE FUNCTION surveys_guard_item() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID) THEN
        RETURN OLD;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM public.surveys_demand_draft(OLD.organization_id, OLD.instrument_id);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM public.surveys_demand_draft(NEW.organization_id, NEW.instrument_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER surveys_guard_item BEFORE INSERT OR UPDATE OR DELETE ON surveys_instrumentitem
    FOR EACH ROW EXECUTE FUNCTION surveys_guard_item();

-- A wave asks what no longer changes, and opens only with an instrument in use. Waves of the past, brought by a
-- file, may be of a retired one.
CREATE FUNCTION surveys_guard_wave_instrument() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found text;
BEGIN
    SELECT i.state INTO found FROM public.surveys_instrument i
    WHERE i.organization_id = NEW.organization_id AND i.id = NEW.instrument_id FOR SHARE;
    IF found = 'draft' THEN
        RAISE EXCEPTION 'instrument % is a draft: it cannot be asked yet', NEW.instrument_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (TG_OP = 'UPDATE' OR NOT NEW.imported) AND found <> 'active' THEN
        RAISE EXCEPTION 'instrument % is not in use: no wave asks it', NEW.instrument_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER surveys_wave_instrument BEFORE INSERT ON surveys_wave
    FOR EACH ROW EXECUTE FUNCTION surveys_guard_wave_instrument();
CREATE TRIGGER surveys_wave_instrument_chosen BEFORE UPDATE ON surveys_wave
    FOR EACH ROW WHEN (NEW.instrument_id <> OLD.instrument_id OR (OLD.state = 'draft' AND NEW.state = 'open'))
    EXECUTE FUNCTION surveys_guard_wave_instrument();
