-- Points of a dimension: self-confidence and attested evidence by their shares, confidence at most 30 % beside
-- evidence and everything without; kept in whole millionths. `attested` is the evidence times its shares.
-- Simple enough to be inlined into the statement that calls it.
CREATE FUNCTION readiness_points(confidence float8, attested float8, share float8, confidence_share int)
RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT round(1000000 * CASE
        WHEN share > 0 AND confidence IS NOT NULL THEN
            least(confidence_share / (confidence_share + share), 0.3::float8) * confidence
            + (1 - least(confidence_share / (confidence_share + share), 0.3::float8)) * (attested / share)
        WHEN share > 0 THEN attested / share
        ELSE confidence END) / 1000000
$$;
