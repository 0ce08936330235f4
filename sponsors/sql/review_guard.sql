-- What both have signed stays as it is, and so do the words on its actions. Where one has signed, a change of what
-- was signed takes the signature away. The leader's own view may follow, and the day may move.
CREATE FUNCTION sponsors_guard_review() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    free constant text[] := ARRAY['sponsor_id', 'sponsor_signed_at', 'manager_id', 'manager_signed_at', 'closed_on',
        'version', 'due_on', 'leader_view', 'revision', 'changed_by_id'];
BEGIN
    IF TG_OP = 'DELETE' AND (OLD.closed_on IS NULL OR public.tenancy_is_owner(TG_RELID)) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND OLD.closed_on IS NULL AND (
        (OLD.sponsor_id IS NULL AND OLD.manager_id IS NULL)
        OR (NEW.sponsor_id IS NULL AND NEW.manager_id IS NULL)
        OR to_jsonb(NEW) - free = to_jsonb(OLD) - free) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a signed review is not changed' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER sponsors_review_guard BEFORE UPDATE OR DELETE ON sponsors_review
    FOR EACH ROW EXECUTE FUNCTION sponsors_guard_review();

CREATE FUNCTION sponsors_guard_review_note() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    subject public.sponsors_reviewnote := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF (TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID)) OR NOT EXISTS (
        SELECT FROM public.sponsors_review r
        WHERE r.organization_id = subject.organization_id AND r.closed_on IS NOT NULL
          AND r.id IN (subject.review_id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.review_id END)) THEN
        RETURN subject;
    END IF;
    RAISE EXCEPTION 'a signed review is not changed' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER sponsors_reviewnote_guard BEFORE INSERT OR UPDATE OR DELETE ON sponsors_reviewnote
    FOR EACH ROW EXECUTE FUNCTION sponsors_guard_review_note();
