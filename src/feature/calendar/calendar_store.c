/* calendar — the bytes of a file that was just sent.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/calendar/calendar_web.h"
#include "host/store/files.h"
#include "host/store/store.h"
#include "kernel/calendar/import.h"
#include "kernel/party/party.h"

#define PARTS_MOST 16

err calendar_file_bytes(struct ask *q, int64_t file, str *ret_bytes)
{
    struct buf all;

    buf_init(&all, q->arena, CALENDAR_FILE_MOST);
    for (int i = 0; i < PARTS_MOST; i++) {
        str part;

        TRY(file_part(q->arena, q->store, q->keyring, AGENCY_CITY, file, i, &part));
        if (str_is_empty(part)) {
            break;
        }
        buf_put(&all, part);
    }
    if (buf_failed(&all)) {
        FAIL(q->arena, ERR_INPUT, SAY("The file is too long for a calendar."), STR("file"),
             "long");
    }
    *ret_bytes = buf_str(&all);
    return NULL;
}
