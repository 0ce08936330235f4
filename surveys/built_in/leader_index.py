"""The leader index: twelve sentences about the immediate leader, 3/2/2/3/2 over five behaviours."""

from __future__ import annotations

from surveys.built_in.wording import AGREEMENT, BuiltIn, worded
from surveys.enums import About, Behaviour

LEADER_INDEX = BuiltIn(
    key="leader_index",
    version=1,
    title="Leader index",
    about=About.LEADER,
    minimum_answered=10,
    wordings=worded(
        AGREEMENT,
        [
            (Behaviour.INCLUDE, "My immediate leader makes everyone in our team feel that they belong."),
            (Behaviour.INCLUDE, "My immediate leader treats me with respect."),
            (Behaviour.INCLUDE, "My immediate leader acts when someone is left out."),
            (Behaviour.INFORM, "My immediate leader tells us what is changing and why."),
            (Behaviour.INFORM, "My immediate leader shares the reasons behind decisions."),
            (Behaviour.INQUIRE, "My immediate leader asks what I think before deciding."),
            (Behaviour.INQUIRE, "My immediate leader takes ideas from the team forward."),
            (Behaviour.DEVELOP, "My immediate leader talks with me about where I want to go."),
            (Behaviour.DEVELOP, "My immediate leader gives me feedback that I can use."),
            (Behaviour.DEVELOP, "My immediate leader helps me get experience that stretches me."),
            (Behaviour.RECOGNISE, "My immediate leader notices good work."),
            (Behaviour.RECOGNISE, "My immediate leader thanks people in a way that matters to them."),
        ],
    ),
)
