/* work_pdf_end — says in which language a PDF is, which Cairo 1.16 cannot.
 *
 * What is behind the end of a PDF may be a newer version of some of its parts (ISO 32000
 * 7.5.6): here its catalog with /Lang, and the wish that a window shows the title.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "host/paper/frame.h"
#include "host/paper/work_pdf.h"

#include <string.h>

#define MORE_BYTES 4000

/* The last place of `needle`, or -1. */
static ptrdiff_t find_last(str s, str needle)
{
    for (size_t i = s.len >= needle.len ? s.len - needle.len + 1 : 0; i > 0; i--) {
        if (memcmp(s.at + i - 1, needle.at, needle.len) == 0) {
            return (ptrdiff_t)i - 1;
        }
    }
    return -1;
}

/* The number behind the last `name`; -1 when there is none. */
static int64_t number_behind(str pdf, str name)
{
    ptrdiff_t at = find_last(pdf, name);
    size_t digits = 0;
    int64_t n = -1;

    if (at < 0) {
        return -1;
    }
    str rest = str_slice(pdf, (size_t)at + name.len, 30);
    while (rest.len > 0 && (rest.at[0] == ' ' || rest.at[0] == '\n')) {
        rest = str_slice(rest, 1, rest.len);
    }
    while (digits < rest.len && rest.at[digits] >= '0' && rest.at[digits] <= '9') {
        digits++;
    }
    return str_to_int(str_slice(rest, 0, digits), &n) ? n : -1;
}

/* What stands between << and >> of the object. */
static bool object_find(struct arena *a, str pdf, int64_t object, str *ret_inner)
{
    str head = str_format(a, "\n%lld 0 obj\n", (long long)object);
    ptrdiff_t at = find_last(pdf, head);

    if (at < 0) {
        return false;
    }
    str rest = str_slice(pdf, (size_t)at + head.len, pdf.len);
    ptrdiff_t end = str_find(rest, STR("\nendobj"));
    str body = end < 0 ? STR("") : str_trim(str_slice(rest, 0, (size_t)end));
    if (!str_starts(body, STR("<<")) || !str_ends(body, STR(">>"))) {
        return false;
    }
    *ret_inner = str_slice(body, 2, body.len - 4);
    return true;
}

bool pdf_name_language(struct arena *a, str pdf, const char *language, str *ret_pdf)
{
    int64_t root = number_behind(pdf, STR("/Root")),
            size = number_behind(pdf, STR("/Size"));
    int64_t info = number_behind(pdf, STR("/Info")),
            xref = number_behind(pdf, STR("startxref"));
    str inner;
    struct buf b;

    if (root < 0 || size < 0 || info < 0 || xref < 0 ||
        !object_find(a, pdf, root, &inner)) {
        return false;
    }
    buf_init(&b, a, PAPER_REPLY_BYTES_MAX + MORE_BYTES);
    buf_put(&b, pdf);
    size_t object_at = pdf.len;
    buf_format(&b,
               "%lld 0 obj\n<<%.*s\n   /Lang (%s)\n"
               "   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n",
               (long long)root, STR_ARG(inner), language);
    size_t table_at = b.len;
    buf_format(&b, "xref\n%lld 1\n%010zu 00000 n \n", (long long)root, object_at);
    buf_format(&b,
               "trailer\n<< /Size %lld\n   /Root %lld 0 R\n   /Info %lld 0 R\n"
               "   /Prev %lld\n>>\nstartxref\n%zu\n%%%%EOF\n",
               (long long)size, (long long)root, (long long)info, (long long)xref,
               table_at);
    *ret_pdf = buf_str(&b);
    return !buf_failed(&b);
}
