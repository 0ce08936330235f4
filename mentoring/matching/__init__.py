"""Who is proposed to whom: arrays in, pairs out, no database and no Django (docs/matching.md).

Import what is needed from the module that holds it. Only `flow` loads OR-tools, and only `matcher` and
`tiers` load `flow`: pages read results without paying for a solver.
"""
