/* envelopes_file_store — an uploaded file as text.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/envelopes/envelopes_file.h"

#include "base/arena.h"
#include "base/buf.h"
#include "host/store/files.h"
#include "host/text/text.h"
#include "kernel/party/party.h"

err envelopes_file_text(struct arena *a, struct store *s, const struct keyring *k,
                        int64_t file, size_t most, str *ret_text)
{
    struct file_facts facts;
    struct buf all;
    str part = STR("x"), text;

    TRY(file_facts_load(a, s, AGENCY_CITY, file, &facts));
    if (facts.size_bytes > (int64_t)most) {
        FAIL(a, ERR_INPUT, SAY("This file is too large."), STR("file"), "%lld bytes",
             (long long)facts.size_bytes);
    }
    buf_init(&all, a, most + FILE_PART_BYTES);
    for (int i = 0; part.len > 0; i++) {
        TRY(file_part(a, s, k, AGENCY_CITY, file, i, &part));
        buf_put(&all, part);
    }
    TRY(text_decode(a, buf_str(&all), &text));
    return text_clean(a, text, ret_text);
}
