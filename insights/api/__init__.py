"""The insights over the REST API: what the pages say."""

TAGS = ["Insights"]
