from insights.models.leadership_quarters import LeadershipQuarter

__all__ = ["LeadershipQuarter"]
