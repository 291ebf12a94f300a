/* queries — the statements of every room.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/lists.h"
#include "desk/desk.h"
#include "feature/intake/intake.h"
#include "feature/letters/letters.h"
#include "feature/feelings/feelings.h"
#include "feature/points/points.h"
#include "feature/records/records.h"
#include "feature/settings/settings.h"
#include "feature/sheets/sheets.h"
#include "feature/upkeep/upkeep.h"
#include "kernel/calendar/closure.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_more.h"
#include "kernel/casefile/assign/assign.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/check/check.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/head/head.h"
#include "kernel/casefile/paper/case_paper.h"
#include "kernel/casefile/reading/reading.h"
#include "kernel/casefile/receive/case_agent.h"
#include "kernel/casefile/slice/case_slice.h"
#include "kernel/casefile/version/case_version.h"
#include "kernel/casefile/worklist/study.h"
#include "kernel/casefile/worklist/worklist.h"
#include "kernel/circulation/circulation.h"
#include "kernel/consult/consult.h"
#include "kernel/draft/draft.h"
#include "kernel/fee/cash.h"
#include "kernel/fee/pay.h"
#include "kernel/fee/stroke.h"
#include "kernel/lookup/lookup.h"
#include "kernel/envelope/envelope.h"
#include "kernel/notice/notice.h"
#include "kernel/once/once.h"
#include "kernel/letter/letter.h"
#include "kernel/pack/pack.h"
#include "kernel/party/party.h"
#include "kernel/proof/proof.h"
#include "kernel/review/review.h"
#include "kernel/session/session.h"
#include "kernel/tally/tally.h"

const struct query_list *const app_queries[] = {
    &party_queries,
    &party_leave_queries,
    &session_queries,
    &pack_queries,
    &casefile_queries,
    &casefile_some_queries,
    &casefile_receive_queries,
    &casefile_wanted_queries,
    &casefile_hand_over_queries,
    &casefile_study_queries,
    &casefile_show_queries,
    &casefile_clock_queries,
    &casefile_more_queries,
    &casefile_assign_queries,
    &casefile_head_queries,
    &casefile_control_queries,
    &casefile_office_queries,
    &casefile_slice_queries,
    &casefile_tell_queries,
    &casefile_version_queries,
    &casefile_paper_queries,
    &casefile_act_queries,
    &casefile_read_queries,
    &casefile_list_queries,
    &casefile_agent_queries,
    &casefile_agent_check_queries,
    &casefile_typed_queries,
    &casefile_check_queries,
    &settings_queries,
    &draft_queries,
    &casefile_file_queries,
    &store_queries,
    &chain_queries,
    &writer_queries,
    &check_queries,
    &key_proof_queries,
    &casefile_reading_queries,
    &records_queries,
    &letter_queries,
    &letter_check_queries,
    &lookup_check_queries,
    &envelope_check_queries,
    &letter_seal_queries,
    &letters_queries,
    &sheets_queries,
    &upkeep_queries,
    &relay_queries,
    &share_queries,
    &lease_queries,
    &standby_queries,
    &records_check_queries,
    &calendar_queries,
    &closure_queries,
    &notice_queries,
    &consult_queries,
    &tally_queries,
    &once_queries,
    &once_check_queries,
    &proof_queries,
    &fee_queries,
    &fee_series_queries,
    &fee_sheet_queries,
    &fee_refund_queries,
    &fee_payment_queries,
    &fee_check_queries,
    &fee_stroke_queries,
    &lookup_queries,
    &lookup_audit_queries,
    &intake_queries,
    &circulation_queries,
    &circulation_check_queries,
    &review_queries,
    &review_confirm_queries,
    &review_check_queries,
    &feelings_queries,
    &feelings_check_queries,
    &points_queries,
    &points_month_queries,
    &envelope_queries,
    &envelope_case_queries,
    &envelope_line_queries,
    &envelope_partner_queries,
};
const size_t app_queries_count = sizeof app_queries / sizeof app_queries[0];
