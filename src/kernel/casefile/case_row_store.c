/* case_row_store — a row of the table casefile as a struct, and the fold as its columns.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"

#define CONSULTS_BYTES (CONSULTS_MOST * (ID_TEXT_LEN + 1) + 1)

int64_t due_cell(day due)
{
    return due == DAY_NONE ? DUE_NONE : due;
}

day due_of_cell(int64_t cell)
{
    return cell == DUE_NONE ? DAY_NONE : (day)cell;
}

int64_t due_ms_cell(day due, int64_t due_ms, bool paused)
{
    if (paused) {
        return DUE_MS_PAUSED;
    }
    if (due == DAY_NONE) {
        return DUE_MS_NONE;
    }
    return due_ms != 0 ? due_ms : day_begins_ms(due + 1);
}

/* Of a clock that stands only the day is known. */
static int64_t instant_of(int64_t cell, day due)
{
    if (due == DAY_NONE) {
        return 0;
    }
    return cell == DUE_MS_PAUSED || cell == DUE_MS_NONE ? day_begins_ms(due + 1) : cell;
}

static enum case_channel channel_of(str key)
{
    for (size_t i = 0; i < CHANNELS; i++) {
        if (str_equal(case_channel_key[i], key)) {
            return (enum case_channel)i;
        }
    }
    return CHANNEL_ONLINE;
}

static void consults_read(str cell, struct casefile *c)
{
    str one;

    while (c->consults_count < CONSULTS_MOST && str_cut(&cell, ' ', &one)) {
        if (id_parse(one, &c->consults[c->consults_count])) {
            c->consults_count++;
        }
    }
}

static str consults_write(struct arena *a, const struct casefile *c)
{
    struct buf b;

    buf_init(&b, a, CONSULTS_BYTES);
    for (size_t i = 0; i < c->consults_count; i++) {
        buf_put_z(&b, i > 0 ? " " : "");
        buf_put(&b, id_text(a, c->consults[i]));
    }
    return buf_str(&b);
}

/* What came with the whole flow, behind the first columns. */
static void fold_read(const struct table *t, size_t row, struct casefile *c)
{
    c->waits_level = LEVEL_OFFICER;
    (void)level_from_key(cell_text(t, row, 21), &c->waits_level);
    c->path = (level_set)cell_int(t, row, 22);
    c->proposer = cell_int(t, row, 23);
    c->four_eyes = cell_int(t, row, 24) == 1;
    c->seals = (int)cell_int(t, row, 25);
    (void)case_outcome_from_key(cell_text(t, row, 26), &c->outcome);
    consults_read(cell_text(t, row, 27), c);
    c->objected = cell_int(t, row, 28) == 1;
    c->asked = cell_int(t, row, 29) == 1;
    c->special = cell_int(t, row, 30) == 1;
    c->paused = cell_int(t, row, 9) == DUE_MS_PAUSED;
    c->due = due_of_cell(cell_int(t, row, 31));
    c->control_due = due_of_cell(cell_int(t, row, 32));
    c->control_paused = cell_int(t, row, 33) == DUE_MS_PAUSED;
    c->due_ms = instant_of(cell_int(t, row, 9), c->due);
    c->control_due_ms = instant_of(cell_int(t, row, 33), c->control_due);
    c->proposes = LEVEL_OFFICER;
    (void)level_from_key(cell_text(t, row, 34), &c->proposes);
}

struct casefile case_at(const struct table *t, size_t row, int64_t agency)
{
    struct casefile c = {
        .agency = agency,
        .id = cell_int(t, row, 0),
        .number = cell_text(t, row, 1),
        .service = cell_text(t, row, 2),
        .service_version = (int)cell_int(t, row, 3),
        .channel = channel_of(cell_text(t, row, 5)),
        .unit = cell_int(t, row, 6),
        .officer = cell_int(t, row, 7),
        .received_ms = cell_int(t, row, 8),
        .decided_ms = cell_int(t, row, 10),
        .closed_ms = cell_int(t, row, 11),
        .level = LEVEL_HEAD,
        .outcome_granted = cell_int(t, row, 13) == 1,
        .document_number = cell_text(t, row, 14),
        .document_day = (day)cell_int(t, row, 15),
        .applicant_masked = cell_text(t, row, 16),
        .applicant_question = cell_text(t, row, 17),
        .changes = cell_int(t, row, 18),
        .is_open = cell_int(t, row, 19) == 1,
        .applicant_sealed = cell_bytes(t, row, 20),
    };

    /* The table's CHECK leaves no other state; a level that is not known is the head's. */
    (void)case_state_from_key(cell_text(t, row, 4), &c.state);
    (void)level_from_key(cell_text(t, row, 12), &c.level);
    fold_read(t, row, &c);
    return c;
}

struct case_keys case_keys_of(struct arena *a, const struct casefile *c)
{
    bool waits = c->state == CASE_PROPOSED || c->state == CASE_SUBMITTED;

    return (struct case_keys){
        .due_ms = due_ms_cell(c->due, c->due_ms, c->paused),
        .due_shown = due_cell(c->due),
        .control_ms = due_ms_cell(c->control_due, c->control_due_ms, c->control_paused),
        .control_shown = due_cell(c->control_due),
        .consults = consults_write(a, c),
        .waits_level = waits ? level_key[c->waits_level] : STR(""),
        .outcome = case_outcome_key[c->outcome],
    };
}
