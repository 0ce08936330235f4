-- Beside the wall of the organisation: what somebody keeps of a coaching session for themselves is shown to
-- them alone, whatever a page or a statement asks for.
CREATE POLICY sponsors_coachingnote_own ON sponsors_coachingnote AS RESTRICTIVE FOR SELECT TO PUBLIC USING (
    author_id = (SELECT nullif(current_setting('clinicleader.actor', true), '')::uuid)
);
