"""Two invented organisations to look around in, and one of 73,000 people to measure with.

Everybody here is made up: names are drawn from lists of common given and family names. Whatever the product's
services can do, they do (publishing waves, scoring quarters, deciding on stamps, delivering notifications);
what lies in the past and nobody could do today (employment, answers, older stamps) is copied in. The same
seed and day give the same content.
"""
