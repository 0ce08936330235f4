-- Who is an attending from today on, and was in training until now, has completed it, whoever writes the row. A day
-- that is known stays.
CREATE FUNCTION people_training_completed() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    NEW.training_completed_on := current_date;
    RETURN NEW;
END
$$;
CREATE TRIGGER people_training_completed BEFORE UPDATE OF career_stage ON people_person
FOR EACH ROW WHEN (OLD.career_stage IN ('resident', 'fellow')
                   AND NEW.career_stage IN ('early_attending', 'attending')
                   AND NEW.training_completed_on IS NULL)
EXECUTE FUNCTION people_training_completed();
