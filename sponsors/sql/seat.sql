-- Where a member stands in a leader's clinic on a day, in one row. Every page and every service of a clinic asks
-- it, and writing it by Django's query builder took a third of the time of a small page.
SELECT EXISTS (
           SELECT FROM sponsors_sponsorship AS sponsorship
           WHERE sponsorship.organization_id = %(organization)s AND sponsorship.leader_id = %(leader)s
             AND sponsorship.sponsor_id = %(member)s AND sponsorship.state = %(active)s
       ) AS is_sponsor,
       ARRAY(
           SELECT seat.domain
           FROM sponsors_teamseat AS seat
           WHERE seat.organization_id = %(organization)s AND seat.leader_id = %(leader)s
             AND seat.specialist_id = %(member)s
             AND seat.start_date <= %(on)s AND (seat.end_date IS NULL OR seat.end_date > %(on)s)
       ) AS domains,
       ARRAY(
           SELECT membership.cohort_id
           FROM people_cohortmembership AS membership
           WHERE membership.organization_id = %(organization)s AND membership.person_id = %(leader)s
             AND membership.start_date <= %(on)s
             AND (membership.end_date IS NULL OR membership.end_date > %(on)s)
       ) AS cohorts
