/* paper_document — documents, templates and charts, from the program's side.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "host/clock/clock.h"
#include "host/paper/chart.h"
#include "host/paper/filling.h"
#include "host/paper/paper_job.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define PLAIN_BYTES ((size_t)1 << 20)
#define PIECE 4096

static err draw(struct arena *a, struct paper *p, enum paper_word word, const struct doc *d,
                str *ret_bytes)
{
    enum paper_word answer;
    str packed, body = STR("");

    if (!doc_pack(a, d, &packed)) {
        FAIL(a, ERR_INPUT, SAY("This sheet is too long. Choose less for it."), STR(""),
             "document cannot be packed");
    }
    TRY(paper_job(a, p, word, packed, &answer, &body));
    if (answer != PAPER_DONE) {
        FAIL(a, answer == PAPER_TOO_LARGE ? ERR_INPUT : ERR_BROKEN,
             SAY("This sheet is too long. Choose less for it."), STR(""), "papers: word %d",
             (int)answer);
    }
    *ret_bytes = body;
    return NULL;
}

err paper_pdf(struct arena *a, struct paper *p, const struct doc *d, str *ret_pdf)
{
    return draw(a, p, PAPER_PDF, d, ret_pdf);
}

err paper_odt(struct arena *a, struct paper *p, const struct doc *d, str *ret_odt)
{
    return draw(a, p, PAPER_ODT, d, ret_odt);
}

static err template_job(struct arena *a, struct paper *p, enum paper_word word,
                        str template_odt, const struct paper_filling *f, str *ret_body)
{
    enum paper_word answer;
    str packed;

    if (!filling_pack(a, template_odt, f, &packed)) {
        FAIL(a, ERR_INPUT, SAY("This template is too large. Make its pictures smaller."),
             STR(""), "filling cannot be packed");
    }
    TRY(paper_job(a, p, word, packed, &answer, ret_body));
    if (answer == PAPER_TOO_LARGE) {
        FAIL(a, ERR_INPUT, SAY("This template is too large. Make its pictures smaller."),
             STR(""), "template too large");
    }
    if (answer != PAPER_DONE) {
        FAIL(a, ERR_INPUT,
             SAY("This is no letter template. Save it as OpenDocument text (.odt), without "
                 "macros, embedded objects and links to other files."),
             STR(""), "template refused");
    }
    return NULL;
}

err paper_fill(struct arena *a, struct paper *p, str template_odt,
               const struct paper_filling *f, str *ret_odt)
{
    return template_job(a, p, PAPER_FILL, template_odt, f, ret_odt);
}

err paper_names(struct arena *a, struct paper *p, str template_odt, str **ret_names,
                size_t *ret_count)
{
    const struct paper_filling nothing = { 0 };
    str body, name;
    size_t count = 0;

    TRY(template_job(a, p, PAPER_NAMES, template_odt, &nothing, &body));
    str *names = ARENA_ARRAY(a, body.len + 1, str);
    if (names == NULL) {
        return err_no_memory;
    }
    while (!str_is_empty(body) && str_cut(&body, '\n', &name)) {
        if (!str_is_empty(name)) {
            names[count++] = name;
        }
    }
    *ret_names = names;
    *ret_count = count;
    return NULL;
}

static bool all_sent(int end, str text, int64_t ends_ns)
{
    while (text.len > 0) {
        ssize_t sent = frame_wait(end, POLLOUT, ends_ns)
                           ? send(end, text.at, text.len, MSG_NOSIGNAL)
                           : -1;
        if (sent <= 0) {
            return false;
        }
        text = str_slice(text, (size_t)sent, text.len);
    }
    return shutdown(end, SHUT_WR) == 0;
}

static bool all_read(int end, struct buf *b, int64_t ends_ns)
{
    char piece[PIECE];

    while (frame_wait(end, POLLIN, ends_ns)) {
        ssize_t got = recv(end, piece, sizeof piece, 0);

        if (got <= 0) {
            return got == 0 && !buf_failed(b);
        }
        buf_put(b, (str){ piece, (size_t)got });
    }
    return false;
}

err paper_chart(struct arena *a, struct paper *p, struct chart *io_chart)
{
    struct buf plain;
    str asked = chart_ask(a, io_chart);
    int64_t ends_ns = clock_steady_ns() + PAPER_JOB_NS;
    int end = p != NULL ? paper_dot(p) : -1; /* no helper: drawn without dot */

    buf_init(&plain, a, PLAIN_BYTES);
    bool drawn = end >= 0 && all_sent(end, asked, ends_ns) &&
                 all_read(end, &plain, ends_ns);
    if (end >= 0) {
        close(end);
    }
    if (!drawn || !chart_place(a, buf_str(&plain), io_chart)) {
        FAIL(a, ERR_BUSY, SAY("The flow chart cannot be drawn right now."), STR(""),
             "dot: %s", end < 0 ? "not started" : "no answer");
    }
    return NULL;
}
