REVOKE UPDATE, DELETE, TRUNCATE ON surveys_publishedpool FROM PUBLIC, clinicleader_app;
CREATE TRIGGER surveys_guard_insert AFTER INSERT ON surveys_publishedpool
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION surveys_guard_insert('closed');
