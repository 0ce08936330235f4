"""Where somebody could go: roles and what they ask for, matched against attested evidence."""
