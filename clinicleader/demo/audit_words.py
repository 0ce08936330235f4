"""What people write in the demo's cultural audits, and the codebook by which it is sorted."""

from __future__ import annotations

from typing import Final

THEMES: Final = {
    "Mistrust": "Words and promises between doctors and managers that are not relied on.",
    "Communication": "Who hears what, when, and from whom.",
    "Shared goals": "Whether both want the same, and know it of each other.",
    "Knowing each other": "Who the other is, what moves them, and time to find out.",
    "Solving problems together": "What was sorted out by both, from the start.",
}
# Code -> its theme, when it is given, an example of the coders' own, and sentences that have it.
CODES: Final = {
    "Promises not kept": (
        "Mistrust",
        "Something was agreed on between the professions and did not come. Not for announced delays.",
        "A post was promised, and filled elsewhere",
        (
            "We were promised two posts in spring and got a form to fill in.",
            "What is agreed in the meeting is forgotten by the next one.",
            "They say yes to my face and no by e-mail.",
            "I no longer count on what is said in budget rounds.",
            "The new rota was to be tried for a month; that was last winter.",
            "Decisions that we took together are taken back upstairs.",
        ),
    ),
    "Watching one's words": (
        "Mistrust",
        "Somebody holds back in front of the other profession, or checks what they say.",
        "Better not to mention it while they are in the room",
        (
            "I think twice before I say in front of managers that we are short.",
            "Nobody speaks openly when the other side is in the room.",
            "An honest figure is used against you in the next round.",
            "Incidents are told among ourselves first, to see what may be said.",
        ),
    ),
    "News comes late": (
        "Communication",
        "One profession hears what concerns it after the fact, or by chance.",
        "Heard of the move from the porter",
        (
            "We heard about the ward closure from the cleaners.",
            "Changes to the clinic reach us when the patients are already there.",
            "Plans come to us finished, with a date to comment until yesterday.",
            "The doctors change the list and my team finds out at seven in the morning.",
            "I learn of new equipment when the invoice comes.",
        ),
    ),
    "About each other, not with": (
        "Communication",
        "Complaints about the other profession are taken elsewhere instead of to them.",
        "Goes to the director first",
        (
            "Complaints about us go to the director before anybody has asked us.",
            "In our room we talk about management, hardly ever with them.",
            "E-mails with everybody in copy do the work of a conversation.",
        ),
    ),
    "Own goals first": (
        "Shared goals",
        "Each profession follows targets of its own that pull apart.",
        "Beds against waiting lists",
        (
            "They count beds and we count waiting weeks, and nobody adds it up.",
            "Savings and quality are discussed in two different meetings.",
            "I could not name one goal that both of us are measured by.",
            "Every department defends its own budget.",
            "Teaching falls off the table whenever targets are set.",
        ),
    ),
    "Counterpart unknown": (
        "Knowing each other",
        "Somebody does not know who their counterpart is, or what their work is like.",
        "Never been on the ward",
        (
            "I have worked here for three years and do not know who manages our budget.",
            "No manager has been on our ward at night.",
            "Doctors have no idea what a business case takes.",
            "We know each other by signature only.",
            "New managers come and go before we have learned their names.",
        ),
    ),
    "No time to meet": (
        "Knowing each other",
        "Meetings of both professions are missing, too rare, or fall out.",
        "The joint meeting was cancelled again",
        (
            "Our joint meeting has been cancelled three times this year.",
            "Ten minutes in the corridor is all the two professions get.",
            "Meetings are set for the hours when we are in theatre.",
        ),
    ),
    "Solved together": (
        "Solving problems together",
        "Both professions worked something out from the start.",
        "Did the plan side by side",
        (
            "The discharge lounge works because a nurse, a doctor and a manager planned it at one table.",
            "We now go through the figures together on Mondays, and nobody is surprised any more.",
            "The winter plan was ours and theirs from the first page.",
            "When the scanner failed both of them stood there at six and found a way.",
            "A complaint was answered jointly for the first time, and the family thanked us.",
            "They asked us before the new clinic was planned, and it shows.",
            "The overtime problem was sorted out between the two of them within a week.",
        ),
    ),
}
# How often a sentence of each code is written, at the start and at the end.
WEIGHTS: Final = {
    "Promises not kept": (6, 2),
    "Watching one's words": (4, 1),
    "News comes late": (6, 4),
    "About each other, not with": (2, 1),
    "Own goals first": (4, 4),
    "Counterpart unknown": (4, 2),
    "No time to meet": (3, 1),
    "Solved together": (1, 9),
}
BEYOND: Final = ("The canteen is too far away.", "Parking.", "Keep going.", "More plants, please.")
EARLIER: Final = {  # how a code read before the second audit, and why it was changed
    "Promises not kept": (
        "Something that was agreed on did not come.",
        "Announced delays were coded by one of us and not by the other.",
    )
}


def codes_in(text: str) -> frozenset[str]:
    """What a comment of the demo speaks of."""
    return frozenset(
        name for name, (*_rest, sentences) in CODES.items() if any(one in text for one in sentences)
    )
