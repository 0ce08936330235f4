-- The evidence of the scores there are, out of the JSON it was kept in. Rows are never changed otherwise, which
-- is why the trigger that says so is away meanwhile.
ALTER TABLE readiness_snapshot DISABLE TRIGGER readiness_snapshot_append_only;
UPDATE readiness_snapshot SET
    confidence = CASE WHEN jsonb_typeof(arithmetic -> 'confidence') = 'array' THEN ARRAY(
        SELECT value::float8 FROM jsonb_array_elements_text(arithmetic -> 'confidence')
        WITH ORDINALITY each (value, place) ORDER BY place) END,
    earned = ARRAY(
        SELECT value::float8::integer FROM jsonb_array_elements_text(arithmetic -> 'earned')
        WITH ORDINALITY each (value, place) ORDER BY place),
    due = CASE WHEN jsonb_typeof(arithmetic -> 'due') = 'array' THEN ARRAY(
        SELECT value::float8::integer FROM jsonb_array_elements_text(arithmetic -> 'due')
        WITH ORDINALITY each (value, place) ORDER BY place) END,
    leader_index = (arithmetic ->> 'leader_index')::float8,
    index_id = (arithmetic ->> 'index_id')::uuid;
ALTER TABLE readiness_snapshot ENABLE TRIGGER readiness_snapshot_append_only;
