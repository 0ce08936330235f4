"""The Leadership Readiness Score, flags and cohort dashboards."""
