"""How days and times are written, by language; templates name a format (|date:"SHORT_DATE_FORMAT")."""
