-- An exception is asked for by one and approved or refused by another; neither is whom it is for. What was decided stays.
CREATE OR REPLACE FUNCTION people_guard_exception() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF OLD.approved_on IS NOT NULL OR OLD.refused_on IS NOT NULL
       OR (NEW.id, NEW.position_id, NEW.person_id, NEW.expires_on, NEW.reason, NEW.asked_by_id, NEW.asked_on)
          IS DISTINCT FROM
          (OLD.id, OLD.position_id, OLD.person_id, OLD.expires_on, OLD.reason, OLD.asked_by_id, OLD.asked_on) THEN
        RAISE EXCEPTION 'an exception is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
