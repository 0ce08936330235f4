-- What both have signed stays as it is. Where one has signed, a change takes the signature away; nobody signs twice.
CREATE FUNCTION mentoring_guard_contract() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    signatures constant text[] := ARRAY['mentor_signed_at', 'mentee_signed_at'];
BEGIN
    IF TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID) THEN
        RETURN OLD;
    ELSIF OLD.mentor_signed_at IS NULL OR OLD.mentee_signed_at IS NULL THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        ELSIF to_jsonb(NEW) - signatures = to_jsonb(OLD) - signatures
            OR (NEW.mentor_signed_at IS NULL AND NEW.mentee_signed_at IS NULL) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a signed contract is not changed' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER mentoring_contract_guard BEFORE UPDATE OR DELETE ON mentoring_contract
    FOR EACH ROW EXECUTE FUNCTION mentoring_guard_contract();

-- The deliverables of a contract in force are neither more nor fewer nor others; only what became of them is written.
CREATE FUNCTION mentoring_guard_deliverable() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    progress constant text[] := ARRAY['state', 'report', 'reported_on', 'attested_by_id', 'attested_on'];
    subject public.mentoring_deliverable := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    signed constant boolean := EXISTS (
        SELECT FROM public.mentoring_contract c
        WHERE c.organization_id = subject.organization_id AND c.id = subject.contract_id
          AND c.mentor_signed_at IS NOT NULL AND c.mentee_signed_at IS NOT NULL);
BEGIN
    IF NOT signed OR (TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID)) THEN
        RETURN subject;
    ELSIF TG_OP = 'UPDATE' AND OLD.state <> 'completed' AND to_jsonb(NEW) - progress = to_jsonb(OLD) - progress THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what a signed contract asks for is not changed' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER mentoring_deliverable_guard BEFORE INSERT OR UPDATE OR DELETE ON mentoring_deliverable
    FOR EACH ROW EXECUTE FUNCTION mentoring_guard_deliverable();
