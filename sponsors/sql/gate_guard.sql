-- A gate is decided once, while its onboarding runs, on the newest words of a sponsor and of an immediate leader about
-- this very gate; the leader is none of those who recommend and decide. The tables' owner may erase.
CREATE FUNCTION sponsors_guard_gate() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    leader uuid;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF public.tenancy_is_owner(TG_RELID) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a gate is not removed' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'UPDATE' AND (OLD.decision <> '' OR (NEW.id, NEW.onboarding_id, NEW.number, NEW.attempt)
            IS DISTINCT FROM (OLD.id, OLD.onboarding_id, OLD.number, OLD.attempt)) THEN
        RAISE EXCEPTION 'a decided gate is not changed' USING ERRCODE = 'restrict_violation';
    ELSIF NEW.decision = '' THEN
        RETURN NEW;
    END IF;
    SELECT o.leader_id INTO leader FROM public.sponsors_onboarding o
        WHERE o.organization_id = NEW.organization_id AND o.id = NEW.onboarding_id AND o.state = 'running';
    IF leader IS NULL THEN
        RAISE EXCEPTION 'an onboarding that is over is not decided' USING ERRCODE = 'restrict_violation';
    ELSIF leader IN (NEW.decided_by_id, NEW.sponsor_id, NEW.manager_id) THEN
        RAISE EXCEPTION 'nobody decides on themselves' USING ERRCODE = 'check_violation';
    ELSIF 2 <> (SELECT count(*) FROM (
            SELECT DISTINCT ON (r.part) r.part, r.by_id FROM public.sponsors_recommendation r
            WHERE r.organization_id = NEW.organization_id AND r.gate_id = NEW.id
            ORDER BY r.part, r.at DESC, r.id) newest
            WHERE (part, by_id) IN (('sponsor', NEW.sponsor_id), ('manager', NEW.manager_id))) THEN
        RAISE EXCEPTION 'a gate is decided on two recommendations' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER sponsors_gate_guard BEFORE INSERT OR UPDATE OR DELETE ON sponsors_gate
    FOR EACH ROW EXECUTE FUNCTION sponsors_guard_gate();

-- What recommends comes before the decision.
CREATE FUNCTION sponsors_guard_recommendation() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM public.sponsors_gate g
               WHERE g.organization_id = NEW.organization_id AND g.id = NEW.gate_id AND g.decision <> '') THEN
        RAISE EXCEPTION 'a decided gate takes no recommendation' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER sponsors_recommendation_guard BEFORE INSERT ON sponsors_recommendation
    FOR EACH ROW EXECUTE FUNCTION sponsors_guard_recommendation();

-- What is over stays as it was.
CREATE FUNCTION sponsors_guard_onboarding() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    free constant text[] := ARRAY['chair_id', 'state', 'over_on', 'over_by_id', 'over_reason'];
BEGIN
    IF TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND OLD.state = 'running' AND to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an onboarding keeps its beginning, and what is over stays' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER sponsors_onboarding_guard BEFORE UPDATE OR DELETE ON sponsors_onboarding
    FOR EACH ROW EXECUTE FUNCTION sponsors_guard_onboarding();

-- What was shown stays as it was; it is confirmed or sent back once, and withdrawn only before.
CREATE FUNCTION sponsors_guard_proof() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    free constant text[] := ARRAY['state', 'decided_by_id', 'decided_on', 'note'];
BEGIN
    IF TG_OP = 'DELETE' AND (OLD.state = 'shown' OR public.tenancy_is_owner(TG_RELID)) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND OLD.state = 'shown' AND to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was shown is decided once' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER sponsors_gateproof_guard BEFORE UPDATE OR DELETE ON sponsors_gateproof
    FOR EACH ROW EXECUTE FUNCTION sponsors_guard_proof();
