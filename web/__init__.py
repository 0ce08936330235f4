"""Page helpers below all apps: components, charts, tables. No models, no business words."""
