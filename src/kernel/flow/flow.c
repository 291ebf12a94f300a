/* flow — the table of states and acts: which act leads from which state to which, and what
 * a person must be to the case.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/flow/flow.h"

#include "kernel/flow/moves.h"

const str case_state_key[CASE_STATES] = {
    [CASE_RECEIVED] = STR_INIT("received"),
    [CASE_IN_WORK] = STR_INIT("in_work"),
    [CASE_SENT_BACK] = STR_INIT("sent_back"),
    [CASE_CONSULTED] = STR_INIT("consulted"),
    [CASE_PROPOSED] = STR_INIT("proposed"),
    [CASE_SUBMITTED] = STR_INIT("submitted"),
    [CASE_DECIDED] = STR_INIT("decided"),
    [CASE_REFUSED] = STR_INIT("refused"),
    [CASE_NOT_ADMITTED] = STR_INIT("not_admitted"),
    [CASE_ISSUED] = STR_INIT("issued"),
    [CASE_COLLECTED] = STR_INIT("collected"),
    [CASE_CLOSED] = STR_INIT("closed"),
    [CASE_WITHDRAWN] = STR_INIT("withdrawn"),
    [CASE_TRANSFERRED] = STR_INIT("transferred"),
    [CASE_MERGED] = STR_INIT("merged"),
};
const char *const case_state_name[CASE_STATES] = {
    [CASE_RECEIVED] = MSG("Received"),
    [CASE_IN_WORK] = MSG("In progress"),
    [CASE_SENT_BACK] = MSG("Waiting for the applicant"),
    [CASE_CONSULTED] = MSG("With other units"),
    [CASE_PROPOSED] = MSG("Submitted for approval"),
    [CASE_SUBMITTED] = MSG("Passed on for decision"),
    [CASE_DECIDED] = MSG("Granted"),
    [CASE_REFUSED] = MSG("Refused"),
    [CASE_NOT_ADMITTED] = MSG("Not admitted"),
    [CASE_ISSUED] = MSG("Issued"),
    [CASE_COLLECTED] = MSG("Collected"),
    [CASE_CLOSED] = MSG("Closed"),
    [CASE_WITHDRAWN] = MSG("Withdrawn"),
    [CASE_TRANSFERRED] = MSG("Passed on to another agency"),
    [CASE_MERGED] = MSG("Merged"),
};
const char *const case_state_public_name[CASE_STATES] = {
    [CASE_RECEIVED] = MSG("We have received it"),
    [CASE_IN_WORK] = MSG("We are working on it"),
    [CASE_SENT_BACK] = MSG("We need something from you"),
    [CASE_CONSULTED] = MSG("We are working on it"),
    [CASE_PROPOSED] = MSG("We are working on it"),
    [CASE_SUBMITTED] = MSG("We are working on it"),
    [CASE_DECIDED] = MSG("It has been granted"),
    [CASE_REFUSED] = MSG("It has been refused"),
    [CASE_NOT_ADMITTED] = MSG("It could not be admitted"),
    [CASE_ISSUED] = MSG("The document has been issued"),
    [CASE_COLLECTED] = MSG("The document has been collected"),
    [CASE_CLOSED] = MSG("The case is closed"),
    [CASE_WITHDRAWN] = MSG("You have withdrawn it"),
    [CASE_TRANSFERRED] = MSG("We have passed it on to another agency"),
    [CASE_MERGED] = MSG("It goes on in another case"),
};
const str case_channel_key[CHANNELS] = {
    [CHANNEL_ONLINE] = STR_INIT("online"),
    [CHANNEL_COUNTER] = STR_INIT("counter"),
    [CHANNEL_POST] = STR_INIT("post"),
    [CHANNEL_API] = STR_INIT("api"),
    [CHANNEL_TELEPHONE] = STR_INIT("telephone"),
    [CHANNEL_HOME] = STR_INIT("home"),
    [CHANNEL_LIST] = STR_INIT("list"),
    [CHANNEL_CROSS_OFFICE] = STR_INIT("cross_office"),
};
const char *const case_channel_name[CHANNELS] = {
    [CHANNEL_ONLINE] = MSG("Online"),
    [CHANNEL_COUNTER] = MSG("At the counter"),
    [CHANNEL_POST] = MSG("By post"),
    [CHANNEL_API] = MSG("By another system"),
    [CHANNEL_TELEPHONE] = MSG("By telephone"),
    [CHANNEL_HOME] = MSG("At home"),
    [CHANNEL_LIST] = MSG("By list"),
    [CHANNEL_CROSS_OFFICE] = MSG("At another office"),
};
const str case_outcome_key[OUTCOMES] = {
    [OUTCOME_NONE] = STR_INIT(""),
    [OUTCOME_GRANTED] = STR_INIT("grant"),
    [OUTCOME_REFUSED] = STR_INIT("refuse"),
    [OUTCOME_NOT_ADMITTED] = STR_INIT("not_admit"),
};
const str case_act_key[ACT_COUNT] = {
    [ACT_TAKE] = STR_INIT("take"),
    [ACT_ASSIGN] = STR_INIT("assign"),
    [ACT_NOTE] = STR_INIT("note"),
    [ACT_PROPOSE] = STR_INIT("propose"),
    [ACT_RETURN] = STR_INIT("return"),
    [ACT_DECIDE] = STR_INIT("decide"),
    [ACT_SEND_BACK] = STR_INIT("send_back"),
    [ACT_RESUME] = STR_INIT("resume"),
    [ACT_ISSUE] = STR_INIT("issue"),
    [ACT_COLLECT] = STR_INIT("collect"),
    [ACT_CLOSE] = STR_INIT("close"),
    [ACT_WITHDRAW] = STR_INIT("withdraw"),
    [ACT_ENDORSE] = STR_INIT("endorse"),
    [ACT_CONSULT] = STR_INIT("consult"),
    [ACT_ANSWER] = STR_INIT("answer"),
    [ACT_WAIVE] = STR_INIT("waive"),
    [ACT_SUPPLY] = STR_INIT("supply"),
    [ACT_EXTEND] = STR_INIT("extend"),
    [ACT_HALT] = STR_INIT("halt"),
    [ACT_GO_ON] = STR_INIT("go_on"),
    [ACT_TRANSFER] = STR_INIT("transfer"),
    [ACT_SPLIT] = STR_INIT("split"),
    [ACT_MERGE] = STR_INIT("merge"),
    [ACT_CORRECT] = STR_INIT("correct"),
    [ACT_REOPEN] = STR_INIT("reopen"),
    [ACT_STUDY] = STR_INIT("study"),
    [ACT_STUDY_ANSWER] = STR_INIT("study_answer"),
    [ACT_INSTRUCT] = STR_INIT("instruct"),
    [ACT_SPECIAL] = STR_INIT("special"),
    [ACT_TELEPHONE] = STR_INIT("telephone"),
    [ACT_HAND_OVER] = STR_INIT("hand_over"),
    [ACT_GIVE] = STR_INIT("give"),
    [ACT_MOVE] = STR_INIT("move"),
    [ACT_PAPERS] = STR_INIT("papers"),
    [ACT_SPEED] = STR_INIT("speed"),
    [ACT_RESTORE] = STR_INIT("restore"),
};
const char *const case_act_name[ACT_COUNT] = {
    [ACT_TAKE] = MSG("Take the case"),
    [ACT_ASSIGN] = MSG("Assign"),
    [ACT_NOTE] = MSG("Add a note"),
    [ACT_PROPOSE] = MSG("Submit for approval"),
    [ACT_RETURN] = MSG("Return to officer"),
    [ACT_DECIDE] = MSG("Decide"),
    [ACT_SEND_BACK] = MSG("Ask the applicant to complete it"),
    [ACT_RESUME] = MSG("Go on with the case"),
    [ACT_ISSUE] = MSG("Issue"),
    [ACT_COLLECT] = MSG("Hand over"),
    [ACT_CLOSE] = MSG("Close the case"),
    [ACT_WITHDRAW] = MSG("Withdraw the application"),
    [ACT_ENDORSE] = MSG("Seal and pass on"),
    [ACT_CONSULT] = MSG("Consult other units"),
    [ACT_ANSWER] = MSG("Answer the consultation"),
    [ACT_WAIVE] = MSG("Go on without the answer"),
    [ACT_SUPPLY] = MSG("Hand in what was missing"),
    [ACT_EXTEND] = MSG("Extend the time"),
    [ACT_HALT] = MSG("Stop the clock"),
    [ACT_GO_ON] = MSG("Let the clock go on"),
    [ACT_TRANSFER] = MSG("Pass on to another agency"),
    [ACT_SPLIT] = MSG("Split off a second case"),
    [ACT_MERGE] = MSG("Merge into another case"),
    [ACT_CORRECT] = MSG("Correct after the decision"),
    [ACT_REOPEN] = MSG("Reopen"),
    [ACT_STUDY] = MSG("Ask the law study group"),
    [ACT_STUDY_ANSWER] = MSG("Answer as the law study group"),
    [ACT_INSTRUCT] = MSG("Turn it into a request for interpretation"),
    [ACT_SPECIAL] = MSG("Mark as special"),
    [ACT_TELEPHONE] = MSG("Record a telephone call"),
    [ACT_HAND_OVER] = MSG("Hand over the desk"),
    [ACT_GIVE] = MSG("Give to another unit"),
    [ACT_MOVE] = MSG("Move to another version of the service"),
    [ACT_PAPERS] = MSG("Record papers that came in"),
    [ACT_SPEED] = MSG("Change the speed of the document"),
    [ACT_RESTORE] = MSG("Restore a missed term"),
};
const str case_act_event[ACT_COUNT] = {
    [ACT_TAKE] = STR_INIT("case.taken"),
    [ACT_ASSIGN] = STR_INIT("case.assigned"),
    [ACT_NOTE] = STR_INIT("case.noted"),
    [ACT_PROPOSE] = STR_INIT("case.proposed"),
    [ACT_RETURN] = STR_INIT("case.returned"),
    [ACT_DECIDE] = STR_INIT("case.decided"),
    [ACT_SEND_BACK] = STR_INIT("case.sent_back"),
    [ACT_RESUME] = STR_INIT("case.resumed"),
    [ACT_ISSUE] = STR_INIT("case.issued"),
    [ACT_COLLECT] = STR_INIT("case.collected"),
    [ACT_CLOSE] = STR_INIT("case.closed"),
    [ACT_WITHDRAW] = STR_INIT("case.withdrawn"),
    [ACT_ENDORSE] = STR_INIT("case.endorsed"),
    [ACT_CONSULT] = STR_INIT("case.consulted"),
    [ACT_ANSWER] = STR_INIT("case.answered"),
    [ACT_WAIVE] = STR_INIT("case.waived"),
    [ACT_SUPPLY] = STR_INIT("case.supplied"),
    [ACT_EXTEND] = STR_INIT("case.extended"),
    [ACT_HALT] = STR_INIT("case.halted"),
    [ACT_GO_ON] = STR_INIT("case.went_on"),
    [ACT_TRANSFER] = STR_INIT("case.transferred"),
    [ACT_SPLIT] = STR_INIT("case.split"),
    [ACT_MERGE] = STR_INIT("case.merged"),
    [ACT_CORRECT] = STR_INIT("case.corrected"),
    [ACT_REOPEN] = STR_INIT("case.reopened"),
    [ACT_STUDY] = STR_INIT("case.studied"),
    [ACT_STUDY_ANSWER] = STR_INIT("case.study_answered"),
    [ACT_INSTRUCT] = STR_INIT("case.instructed"),
    [ACT_SPECIAL] = STR_INIT("case.special"),
    [ACT_TELEPHONE] = STR_INIT("case.telephoned"),
    [ACT_HAND_OVER] = STR_INIT("case.handed_over"),
    [ACT_GIVE] = STR_INIT("case.given"),
    [ACT_MOVE] = STR_INIT("case.moved"),
    [ACT_PAPERS] = STR_INIT("case.papers_in"),
    [ACT_SPEED] = STR_INIT("case.speed_set"),
    [ACT_RESTORE] = STR_INIT("case.restored"),
};
const char *const case_act_done[ACT_COUNT] = {
    [ACT_TAKE] = MSG("Taken up"),
    [ACT_ASSIGN] = MSG("Assigned to a colleague"),
    [ACT_NOTE] = MSG("Note added"),
    [ACT_PROPOSE] = MSG("Proposed"),
    [ACT_RETURN] = MSG("Returned to the officer"),
    [ACT_DECIDE] = MSG("Decided"),
    [ACT_SEND_BACK] = MSG("The applicant was asked to complete it"),
    [ACT_RESUME] = MSG("Work goes on"),
    [ACT_ISSUE] = MSG("Issued with number and date"),
    [ACT_COLLECT] = MSG("Handed over"),
    [ACT_CLOSE] = MSG("Case closed"),
    [ACT_WITHDRAW] = MSG("Withdrawn by the applicant"),
    [ACT_ENDORSE] = MSG("Sealed and passed on"),
    [ACT_CONSULT] = MSG("Other units were consulted"),
    [ACT_ANSWER] = MSG("The consulted unit answered"),
    [ACT_WAIVE] = MSG("Gone on without the answer"),
    [ACT_SUPPLY] = MSG("The applicant handed in what was missing"),
    [ACT_EXTEND] = MSG("Time extended"),
    [ACT_HALT] = MSG("Clock stopped"),
    [ACT_GO_ON] = MSG("Clock goes on"),
    [ACT_TRANSFER] = MSG("Passed on to another agency"),
    [ACT_SPLIT] = MSG("A second case was split off"),
    [ACT_MERGE] = MSG("Merged into another case"),
    [ACT_CORRECT] = MSG("Corrected after the decision"),
    [ACT_REOPEN] = MSG("Reopened"),
    [ACT_STUDY] = MSG("The law study group was asked"),
    [ACT_STUDY_ANSWER] = MSG("The law study group answered"),
    [ACT_INSTRUCT] = MSG("Turned into a request for interpretation"),
    [ACT_SPECIAL] = MSG("Special case: marked or no more"),
    [ACT_TELEPHONE] = MSG("Telephone call"),
    [ACT_HAND_OVER] = MSG("Handed over with the whole desk"),
    [ACT_GIVE] = MSG("Given to another unit"),
    [ACT_MOVE] = MSG("Moved to another version of the service"),
    [ACT_PAPERS] = MSG("Papers came in"),
    [ACT_SPEED] = MSG("Speed of the document changed"),
    [ACT_RESTORE] = MSG("Missed term restored"),
};

/* What the program itself tells of a case. */
static const struct {
    str kind;
    const char *done;
} told[] = {
    { STR_INIT("case.received"), MSG("Received") },
    { STR_INIT("case.clocked"), MSG("Clocks set") },
    { STR_INIT("case.due_moved"), MSG("Due date moved: the calendar has changed") },
    { STR_INIT("case.warned"), MSG("The term ends soon: the officer was warned") },
    { STR_INIT("case.control_warned"),
      MSG("The control limit ends soon: the officer was warned") },
    { STR_INIT("case.overdue_told"),
      MSG("The applicant was told reason, state and expected date") },
    { STR_INIT("case.merged_in"), MSG("Another case was merged into this one") },
    { STR_INIT("letter.drafted"), MSG("Letter drafted") },
    { STR_INIT("letter.issued"), MSG("Letter issued with number and date") },
    { STR_INIT("letter.sealed"), MSG("Letter sealed") },
    { STR_INIT("letter.scanned"), MSG("Scan of the sealed sheet kept") },
    { STR_INIT("letter.sent"), MSG("Letter sent or handed over") },
    { STR_INIT("letter.withdrawn"), MSG("Certificate withdrawn") },
    { STR_INIT("letter.dropped"), MSG("Draft letter dropped") },
    { STR_INIT("fee.taken"), MSG("Money taken") },
    { STR_INIT("fee.void"), MSG("Receipt made void") },
};

const str case_clock_key[CASE_CLOCK_KINDS] = {
    [CASE_CLOCK_STATUTORY] = STR_INIT("statutory"),
    [CASE_CLOCK_CONTROL] = STR_INIT("control"),
    [CASE_CLOCK_CONSULT] = STR_INIT("consult"),
    [CASE_CLOCK_STUDY] = STR_INIT("study"),
};
const char *const case_clock_name[CASE_CLOCK_KINDS] = {
    [CASE_CLOCK_STATUTORY] = MSG("Statutory term"),
    [CASE_CLOCK_CONTROL] = MSG("Control limit"),
    [CASE_CLOCK_CONSULT] = MSG("Consultation"),
    [CASE_CLOCK_STUDY] = MSG("Question to the law study group"),
};
const str case_clock_state_key[CASE_CLOCK_STATES] = {
    [CLOCK_RUNNING] = STR_INIT("running"),
    [CLOCK_PAUSED] = STR_INIT("paused"),
    [CLOCK_ENDED] = STR_INIT("ended"),
};
const str reading_reason_key[READ_REASONS] = {
    [READ_DECISION] = STR_INIT("decision"),     [READ_DEPUTY] = STR_INIT("deputy"),
    [READ_ENQUIRY] = STR_INIT("enquiry"),       [READ_CORRECTION] = STR_INIT("correction"),
    [READ_AUDIT] = STR_INIT("audit"),
};
const char *const reading_reason_name[READ_REASONS] = {
    [READ_DECISION] = MSG("To decide or countersign the case"),
    [READ_DEPUTY] = MSG("Standing in for a colleague"),
    [READ_ENQUIRY] = MSG("The applicant asks about it"),
    [READ_CORRECTION] = MSG("To correct the data"),
    [READ_AUDIT] = MSG("Check or audit"),
};

#define S(state) (1U << CASE_##state)
/* Nothing is decided. */
#define BEFORE \
    (S(RECEIVED) | S(IN_WORK) | S(SENT_BACK) | S(CONSULTED) | S(PROPOSED) | S(SUBMITTED))
#define WAITING (S(PROPOSED) | S(SUBMITTED))
#define AFTER (S(DECIDED) | S(REFUSED) | S(NOT_ADMITTED) | S(ISSUED) | S(COLLECTED))
#define TAKEN ((BEFORE & ~S(RECEIVED)) | AFTER)
#define AGAINST (S(REFUSED) | S(NOT_ADMITTED))
#define SAME CASE_STATES
#define INVOLVED                                                                       \
    (ROLE_OFFICER | ROLE_PROPOSES | ROLE_LEADS | ROLE_DECIDES | ROLE_WAITS | ROLE_CONSULTED)

/* The order of the acts is that of the enum. */
static const struct case_move moves[] = {
    { S(RECEIVED), ACT_TAKE, CASE_IN_WORK, ROLE_WORKS },
    { S(RECEIVED), ACT_ASSIGN, CASE_IN_WORK, ROLE_LEADS },
    { TAKEN & ~WAITING, ACT_ASSIGN, SAME, ROLE_LEADS },
    { S(RECEIVED), ACT_NOTE, SAME, ROLE_WORKS | ROLE_LEADS },
    { TAKEN, ACT_NOTE, SAME, INVOLVED },
    { S(IN_WORK), ACT_PROPOSE, CASE_PROPOSED, ROLE_PROPOSES },
    { WAITING, ACT_RETURN, CASE_IN_WORK, ROLE_WAITS },
    { WAITING, ACT_DECIDE, CASE_DECIDED, ROLE_WAITS },
    { S(IN_WORK), ACT_SEND_BACK, CASE_SENT_BACK, ROLE_OFFICER },
    { S(SENT_BACK), ACT_RESUME, CASE_IN_WORK, ROLE_OFFICER },
    { S(DECIDED), ACT_ISSUE, CASE_ISSUED, ROLE_OFFICER },
    /* The letter against goes out with its number before the case is closed. */
    { AGAINST, ACT_ISSUE, SAME, ROLE_OFFICER },
    { S(DECIDED), ACT_COLLECT, CASE_COLLECTED, ROLE_OFFICER },
    { S(ISSUED), ACT_COLLECT, CASE_COLLECTED, ROLE_WORKS | ROLE_OFFICER },
    { AGAINST | S(ISSUED) | S(COLLECTED), ACT_CLOSE, CASE_CLOSED, ROLE_OFFICER },
    { S(RECEIVED), ACT_WITHDRAW, CASE_WITHDRAWN, ROLE_OWNER },
    { BEFORE & ~S(RECEIVED), ACT_WITHDRAW, CASE_WITHDRAWN, ROLE_OWNER | ROLE_OFFICER },
    { WAITING, ACT_ENDORSE, CASE_SUBMITTED, ROLE_WAITS },
    { S(IN_WORK) | S(CONSULTED), ACT_CONSULT, CASE_CONSULTED, ROLE_OFFICER },
    { S(CONSULTED), ACT_ANSWER, CASE_IN_WORK, ROLE_CONSULTED },
    { S(CONSULTED), ACT_WAIVE, CASE_IN_WORK, ROLE_LEADS },
    { S(SENT_BACK), ACT_SUPPLY, CASE_IN_WORK, ROLE_OWNER },
    { BEFORE, ACT_EXTEND, SAME, ROLE_LEADS | ROLE_DECIDES },
    { S(IN_WORK), ACT_HALT, SAME, ROLE_LEADS | ROLE_DECIDES },
    { S(IN_WORK), ACT_GO_ON, SAME, ROLE_OFFICER | ROLE_LEADS | ROLE_DECIDES },
    { S(RECEIVED) | S(IN_WORK) | S(SENT_BACK), ACT_TRANSFER, CASE_TRANSFERRED,
      ROLE_LEADS | ROLE_DECIDES },
    { S(IN_WORK), ACT_SPLIT, SAME, ROLE_OFFICER },
    { S(RECEIVED) | S(IN_WORK) | S(SENT_BACK), ACT_MERGE, CASE_MERGED, ROLE_LEADS },
    { AFTER | S(CLOSED), ACT_CORRECT, SAME, ROLE_LEADS | ROLE_DECIDES },
    { AGAINST | S(ISSUED) | S(COLLECTED) | S(CLOSED) | S(WITHDRAWN) | S(TRANSFERRED),
      ACT_REOPEN, CASE_IN_WORK, ROLE_LEADS | ROLE_DECIDES },
    { S(IN_WORK), ACT_STUDY, SAME, ROLE_OFFICER },
    { S(IN_WORK), ACT_STUDY_ANSWER, SAME, ROLE_STUDIES },
    { S(IN_WORK), ACT_INSTRUCT, SAME, ROLE_STUDIES },
    { BEFORE, ACT_SPECIAL, SAME, ROLE_OFFICER | ROLE_LEADS },
    { S(RECEIVED), ACT_TELEPHONE, SAME, ROLE_WORKS | ROLE_LEADS },
    { TAKEN, ACT_TELEPHONE, SAME, ROLE_OFFICER | ROLE_LEADS },
    { TAKEN, ACT_HAND_OVER, SAME, ROLE_LEADS },
    { S(RECEIVED) | S(IN_WORK), ACT_GIVE, CASE_RECEIVED, ROLE_LEADS },
    /* Nothing of it waits for others: what was asked or proposed was so by the old one. */
    { S(RECEIVED), ACT_MOVE, SAME, ROLE_LEADS | ROLE_PUBLISHES },
    { S(IN_WORK), ACT_MOVE, SAME, ROLE_OFFICER | ROLE_LEADS | ROLE_PUBLISHES },
    { BEFORE, ACT_PAPERS, SAME, ROLE_WORKS | ROLE_OFFICER | ROLE_LEADS },
    { BEFORE, ACT_SPEED, SAME, ROLE_LEADS | ROLE_DECIDES },
    { BEFORE & ~S(RECEIVED), ACT_RESTORE, SAME, ROLE_OFFICER | ROLE_LEADS | ROLE_DECIDES },
};

const struct case_move *move_of(enum case_state from, enum case_act act)
{
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        if (moves[i].act == act && (moves[i].from & (1U << from)) != 0) {
            return &moves[i];
        }
    }
    return NULL;
}

bool move_find_key(const str *keys, size_t count, str key, size_t *ret)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(keys[i], key)) {
            *ret = i;
            return true;
        }
    }
    return false;
}

bool case_state_from_key(str key, enum case_state *ret)
{
    size_t i;

    if (!move_find_key(case_state_key, CASE_STATES, key, &i)) {
        return false;
    }
    *ret = (enum case_state)i;
    return true;
}

bool case_act_from_key(str key, enum case_act *ret)
{
    size_t i;

    if (!move_find_key(case_act_key, ACT_COUNT, key, &i)) {
        return false;
    }
    *ret = (enum case_act)i;
    return true;
}

bool case_outcome_from_key(str key, enum case_outcome *ret)
{
    size_t i;

    if (str_is_empty(key) || !move_find_key(case_outcome_key, OUTCOMES, key, &i)) {
        return false;
    }
    *ret = (enum case_outcome)i;
    return true;
}

bool case_clock_from_key(str key, enum case_clock_kind *ret)
{
    size_t i;

    if (!move_find_key(case_clock_key, CASE_CLOCK_KINDS, key, &i)) {
        return false;
    }
    *ret = (enum case_clock_kind)i;
    return true;
}

bool case_clock_state_from_key(str key, enum case_clock_state *ret)
{
    size_t i;

    if (!move_find_key(case_clock_state_key, CASE_CLOCK_STATES, key, &i)) {
        return false;
    }
    *ret = (enum case_clock_state)i;
    return true;
}

const char *case_event_done(str kind)
{
    size_t i;

    if (move_find_key(case_act_event, ACT_COUNT, kind, &i)) {
        return case_act_done[i];
    }
    for (i = 0; i < sizeof told / sizeof told[0]; i++) {
        if (str_equal(told[i].kind, kind)) {
            return told[i].done;
        }
    }
    return NULL;
}

bool case_state_is_open(enum case_state s)
{
    return ((BEFORE | AFTER) & (1U << s)) != 0;
}

bool case_state_is_undecided(enum case_state s)
{
    return (BEFORE & (1U << s)) != 0;
}

enum case_state case_state_outside(enum case_state s)
{
    return (WAITING & (1U << s)) != 0 || s == CASE_CONSULTED ? CASE_IN_WORK : s;
}
