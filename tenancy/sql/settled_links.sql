-- Links from rows that are never changed to rows that are never removed need one look, when they are written:
-- all rows of a statement at once. Attached by the constraint tenancy.walls.SettledLink, which names the column
-- and the table it leads to.
CREATE FUNCTION tenancy_check_link() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    stray text;
BEGIN
    EXECUTE format(
        'SELECT n.id FROM (SELECT DISTINCT organization_id, %1$I AS id FROM new_rows WHERE %1$I IS NOT NULL) n
         WHERE NOT EXISTS (SELECT FROM public.%2$I t WHERE t.organization_id = n.organization_id AND t.id = n.id)
         LIMIT 1', TG_ARGV[0], TG_ARGV[1]) INTO stray;
    IF stray IS NOT NULL THEN
        RAISE EXCEPTION '% of % is not in %', TG_ARGV[0], TG_TABLE_NAME, TG_ARGV[1]
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END
$$;
