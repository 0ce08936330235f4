-- What a name is found by: lower case, without accents. "Müller Zoë" becomes "muller zoe".
-- The body is bound when it is made, so no search path can redirect it; PostgreSQL can inline it.
CREATE FUNCTION people_search_text(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
    WHEN octet_length(name) = length(name) THEN lower(name COLLATE pg_c_utf8)
    ELSE lower(regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g') COLLATE pg_c_utf8)
END;
