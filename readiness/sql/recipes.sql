-- The versions there are, as recipes: what they said of self-report and leader index, and nothing of pods and
-- capstones. Versions are never changed otherwise, which is why the triggers are away meanwhile.
ALTER TABLE readiness_weightset DISABLE TRIGGER USER;
UPDATE readiness_weightset SET
    confidence_shares = array_fill(confidence_share, ARRAY[5]),
    milestone_shares = ARRAY[100 - confidence_share, 100 - confidence_share,
                             100 - confidence_share - leader_index_share,
                             100 - confidence_share, 100 - confidence_share],
    pod_shares = ARRAY[0, 0, 0, 0, 0],
    capstone_shares = ARRAY[0, 0, 0, 0, 0],
    index_shares = ARRAY[0, 0, leader_index_share, 0, 0];
ALTER TABLE readiness_weightset ENABLE TRIGGER USER;
