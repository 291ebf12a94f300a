/* paper_feed — an alert feed read by the papers process.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/paper_job.h"

#define ALERTS_MOST 2000

static bool alert_read(str line, struct paper_alert *ret)
{
    str *const parts[] = { &ret->id,     &ret->updated, &ret->expires,
                           &ret->status, &ret->kind,    &ret->summary };

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!str_cut(&line, '\t', parts[i]) || !str_is_text(*parts[i])) {
            return false;
        }
    }
    return line.at == NULL;
}

err paper_feed(struct arena *a, struct paper *p, str bytes, struct paper_alert **ret,
               size_t *ret_count)
{
    struct paper_alert *list = ARENA_ARRAY(a, ALERTS_MOST, struct paper_alert);
    enum paper_word word;
    str body = STR(""), line;
    size_t n = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    TRY(paper_job(a, p, PAPER_FEED, bytes, &word, &body));
    if (word != PAPER_DONE) {
        FAIL(a, ERR_INPUT, SAY("This is no alert feed."), STR(""), "word %d", (int)word);
    }
    while (n < ALERTS_MOST && str_cut(&body, '\n', &line)) {
        n += alert_read(line, &list[n]) ? 1 : 0;
    }
    *ret = list;
    *ret_count = n;
    return NULL;
}
