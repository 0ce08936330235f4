"""When a mentor can be met: weekly hours, less what a calendar that somebody else wrote says is busy."""
