-- A talent review goes from planned to open to closed. What it decided is written while it is open and stays as it was
-- when it closed; only an action that waits is marked done later.
CREATE FUNCTION succession_guard_talent_review() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'DELETE' AND (OLD.state = 'planned' OR public.tenancy_is_owner(TG_RELID)) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND (OLD.state = 'planned' OR (OLD.state = 'open' AND NEW.state <> 'planned')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a talent review does not go back, and closed it is not changed'
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER succession_talentreview_guard BEFORE UPDATE OR DELETE ON succession_talentreview
    FOR EACH ROW EXECUTE FUNCTION succession_guard_talent_review();

CREATE FUNCTION succession_guard_snapshots() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows n JOIN public.succession_talentreview r
               ON r.organization_id = n.organization_id AND r.id = n.review_id WHERE r.state <> 'open') THEN
        RAISE EXCEPTION 'snapshots are taken when a talent review opens' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER succession_poolsnapshot_guard AFTER INSERT ON succession_poolsnapshot
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION succession_guard_snapshots();

-- For decisions and actions.
CREATE FUNCTION succession_guard_outcome() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> 'done_on' IS NOT NULL AND to_jsonb(OLD) ->> 'done_on' IS NULL
        AND to_jsonb(NEW) - 'done_on' = to_jsonb(OLD) - 'done_on' THEN
        RETURN NEW;
    ELSIF NOT EXISTS (
        SELECT FROM public.succession_poolsnapshot s
        JOIN public.succession_talentreview r ON r.organization_id = s.organization_id AND r.id = s.review_id
        WHERE r.state <> 'open'
          AND (s.organization_id, s.id) IN (
              (CASE WHEN TG_OP = 'DELETE' THEN OLD.organization_id ELSE NEW.organization_id END,
               CASE WHEN TG_OP = 'DELETE' THEN OLD.snapshot_id ELSE NEW.snapshot_id END),
              (CASE WHEN TG_OP = 'UPDATE' THEN OLD.organization_id END,
               CASE WHEN TG_OP = 'UPDATE' THEN OLD.snapshot_id END))) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'what a closed talent review decided is not changed' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER succession_pooldecision_guard BEFORE INSERT OR UPDATE OR DELETE ON succession_pooldecision
    FOR EACH ROW EXECUTE FUNCTION succession_guard_outcome();

CREATE TRIGGER succession_poolaction_guard BEFORE INSERT OR UPDATE OR DELETE ON succession_poolaction
    FOR EACH ROW EXECUTE FUNCTION succession_guard_outcome();
