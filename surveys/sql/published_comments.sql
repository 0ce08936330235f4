-- Comments are published once, with the results.
REVOKE UPDATE, DELETE, TRUNCATE ON surveys_publishedcomment FROM PUBLIC, clinicleader_app;
CREATE TRIGGER surveys_guard_insert AFTER INSERT ON surveys_publishedcomment
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION surveys_guard_insert('closed');
