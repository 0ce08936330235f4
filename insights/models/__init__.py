from insights.models.leadership_quarters import LeadershipQuarter
from insights.models.set_up_rules import SetUpRule

__all__ = ["LeadershipQuarter", "SetUpRule"]
