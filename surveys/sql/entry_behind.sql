-- What the page and the box need of a place on the roll, its wave, person and organisation. Every ballot asks
-- this: the ORM takes longer to put the statement together than PostgreSQL to answer it.
SELECT entry.id, entry.organization_id, entry.person_id, entry.unit_id, entry.leader_id, entry.wave_id,
       wave.id, wave.organization_id, wave.instrument_id, wave.title, wave.state, wave.closes_on, wave.threshold,
       person.id, person.organization_id, person.end_date,
       organization.id, organization.slug, organization.name, organization.time_zone
FROM surveys_rollentry entry
JOIN surveys_wave wave ON wave.organization_id = entry.organization_id AND wave.id = entry.wave_id
JOIN people_person person ON person.organization_id = entry.organization_id AND person.id = entry.person_id
JOIN tenancy_organization organization ON organization.id = entry.organization_id
WHERE entry.organization_id = %s AND entry.id = %s
