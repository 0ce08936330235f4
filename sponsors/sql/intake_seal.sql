-- Beside the wall of the organisation: while a round is open nobody reads what was said in it. Writing needs
-- no reading. What is written is not changed either, or it could be moved into a round that is closed.
CREATE POLICY sponsors_intakeremark_sealed ON sponsors_intakeremark AS RESTRICTIVE FOR SELECT TO PUBLIC USING (
    EXISTS (
        SELECT FROM sponsors_intakeround r
        WHERE r.organization_id = sponsors_intakeremark.organization_id
          AND r.id = sponsors_intakeremark.round_id AND r.closed_on IS NOT NULL
    )
);
REVOKE UPDATE ON sponsors_intakeremark FROM PUBLIC, clinicleader_app;
