-- The text of a pod is changed, or the pod deleted, while it is a draft; later only its state and what it earns
-- change. An attempt is changed by its moves until it is finished, then marked once, and never deleted.
-- The tables' owner may erase (see tenancy_is_owner).
CREATE FUNCTION passport_guard_pod() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    free text[] := ARRAY['state', 'published_at', 'expected_level', 'milestone_id', 'capstone_milestone_id'];
BEGIN
    IF TG_OP = 'DELETE' AND (OLD.state = 'draft' OR public.tenancy_is_owner(TG_RELID)) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND (OLD.state = 'draft'
            OR NEW.state <> 'draft' AND to_jsonb(NEW) - free = to_jsonb(OLD) - free) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a % pod is not changed in this way', OLD.state USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER passport_pod_guard BEFORE UPDATE OR DELETE ON passport_pod
    FOR EACH ROW EXECUTE FUNCTION passport_guard_pod();
CREATE TRIGGER passport_pod_keep BEFORE TRUNCATE ON passport_pod
    FOR EACH STATEMENT EXECUTE FUNCTION tenancy_refuse_change();

CREATE FUNCTION passport_guard_attempt() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    free text[] := CASE
        WHEN OLD.finished_at IS NULL THEN ARRAY['state', 'moves', 'moved_at', 'finished_at', 'confidence_after']
        WHEN OLD.marked_at IS NULL THEN ARRAY['marked_by_id', 'marked_at']
        ELSE ARRAY[]::text[] END;
BEGIN
    IF TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an attempt is not changed in this way' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER passport_podattempt_guard BEFORE UPDATE OR DELETE ON passport_podattempt
    FOR EACH ROW EXECUTE FUNCTION passport_guard_attempt();
CREATE TRIGGER passport_podattempt_keep BEFORE TRUNCATE ON passport_podattempt
    FOR EACH STATEMENT EXECUTE FUNCTION tenancy_refuse_change();
