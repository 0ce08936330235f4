-- After a close the space of what told who was reminded when is cleared.
GRANT MAINTAIN ON surveys_rollentry, people_notification, tenancy_outboxmessage TO clinicleader_app;
