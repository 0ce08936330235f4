"""Who is proposed to whom: arrays in, pairs out, no database and no Django (docs/matching.md).

Import what is needed from the module that holds it. OR-tools is loaded when the first flow is solved, so only
by the process that matches; what reads results does not depend on it at all.
"""
