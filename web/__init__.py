"""Page helpers below all apps: no models, no business words."""
