"""Addresses of succession, below /o/<slug>/succession/."""

from __future__ import annotations

from django.urls import path

from succession.views import (
    bench,
    candidacies,
    exceptions,
    intentions,
    interviews,
    ladder,
    overview,
    pools,
    representation,
    review_actions,
    review_pools,
    reviews,
    scenarios,
    scores,
    selection_steps,
    selections,
    set_up,
    slate_ballots,
    terms,
)

app_name = "succession"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("positions.csv", overview.overview_csv, name="overview_csv"),
    path("positions.xlsx", overview.overview_xlsx, name="overview_xlsx"),
    path("positions.pdf", overview.overview_pdf, name="overview_pdf"),
    path("bench/", bench.bench, name="bench"),
    path("representation/", representation.representation, name="representation"),
    path("representation.csv", representation.representation_csv, name="representation_csv"),
    path("years/", scenarios.scenarios, name="scenarios"),
    path("years/<uuid:scenario_id>/", scenarios.scenario, name="scenario"),
    path("exceptions/", exceptions.exception_list, name="exceptions"),
    path("exceptions/new/", exceptions.exception_new, name="exception_new"),
    path(
        "exceptions/<uuid:exception_id>/approve/",
        exceptions.exception_approve,
        name="exception_approve",
    ),
    path(
        "exceptions/<uuid:exception_id>/refuse/",
        exceptions.exception_refuse,
        name="exception_refuse",
    ),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/new/", reviews.review_new, name="review_new"),
    path("reviews/actions/", review_actions.review_actions, name="review_actions"),
    path("reviews/actions/<uuid:action_id>/done/", review_actions.action_done, name="review_action_done"),
    path("reviews/<uuid:review_id>/", reviews.review, name="review"),
    path("reviews/<uuid:review_id>/pack.pdf", reviews.review_pack, name="review_pack"),
    path("reviews/<uuid:review_id>/plan/", reviews.review_edit, name="review_edit"),
    path("reviews/<uuid:review_id>/cancel/", reviews.review_cancel, name="review_cancel"),
    path("reviews/<uuid:review_id>/open/", reviews.review_open, name="review_open"),
    path("reviews/<uuid:review_id>/close/", reviews.review_close, name="review_close"),
    path("reviews/pools/<uuid:snapshot_id>/", review_pools.review_pool, name="review_pool"),
    path("reviews/pools/<uuid:snapshot_id>/decide/", review_pools.review_decide, name="review_decide"),
    path("reviews/pools/<uuid:snapshot_id>/actions/", review_pools.action_new, name="review_action_new"),
    path(
        "reviews/actions/<uuid:action_id>/take-back/",
        review_pools.action_take_back,
        name="review_action_take_back",
    ),
    path("ladder/<uuid:task_id>/done/", ladder.ladder_done, name="ladder_done"),
    path("terms/", terms.terms, name="terms"),
    path("terms/<uuid:appointment_id>/intention/", intentions.intention, name="intention"),
    path("terms.csv", terms.terms_csv, name="terms_csv"),
    path("mine/", pools.mine, name="mine"),
    path("set-up/", set_up.set_up, name="set_up"),
    path("set-up/file/", set_up.set_up_file, name="set_up_file"),
    path("set-up/pools.csv", set_up.pools_csv, name="pools_csv"),
    path("positions/<uuid:position_id>/", pools.position, name="position"),
    path("positions/<uuid:position_id>/pool/", pools.pool_edit, name="pool_edit"),
    path("positions/<uuid:position_id>/candidates/new/", pools.candidate_new, name="candidate_new"),
    path("candidates/<uuid:candidacy_id>/", candidacies.candidacy, name="candidacy"),
    *(
        path(f"candidates/<uuid:candidacy_id>/{name}/", candidacies.step_of(name), name=f"candidacy_{name}")
        for name in candidacies.STEPS
    ),
    path("selections/", selections.selection_list, name="selections"),
    path("selections/new/", selections.selection_new, name="selection_new"),
    path("selections/<uuid:selection_id>/", selections.selection, name="selection"),
    path("selections/<uuid:selection_id>/log/", selections.selection_log, name="selection_log"),
    path("selections/<uuid:selection_id>/vote/", slate_ballots.ballot, name="slate_ballot"),
    path("selections/<uuid:selection_id>/interviews/", interviews.interviews, name="interviews"),
    *(
        path(
            f"selections/<uuid:selection_id>/interviews/<uuid:entry_id>/{name}/",
            interviews.step_of(name),
            name=f"interview_{name}",
        )
        for name in interviews.STEPS
    ),
    path("selections/<uuid:selection_id>/scores/", scores.scores, name="scores"),
    path("selections/<uuid:selection_id>/scores/<uuid:standing_id>/", scores.score_one, name="score_one"),
    *(
        path(
            f"selections/<uuid:selection_id>/{name}/",
            selection_steps.step_of(name),
            name=f"selection_{name.replace('-', '_')}",
        )
        for name in selection_steps.STEPS
    ),
]
