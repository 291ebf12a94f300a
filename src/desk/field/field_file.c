/* field_file — questions that are answered by a file or by one's signature.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "desk/ask.h"
#include "desk/field/inside.h"
#include "desk/upload/upload.h"
#include "host/json/json.h"
#include "kernel/form/form.h"

static str kinds_of(struct ask *q, const struct question *x)
{
    struct buf b;

    buf_init(&b, q->arena, 300);
    for (size_t i = 0; i < x->accept_count; i++) {
        ptrdiff_t slash = str_find(x->accept[i], STR("/"));

        buf_put_z(&b, i > 0 ? " / " : "");
        buf_put(&b, str_upper(q->arena, str_slice(x->accept[i], (size_t)(slash + 1), 20)));
    }
    return buf_str(&b);
}

static str accept_of(struct ask *q, const struct question *x)
{
    struct buf b;

    buf_init(&b, q->arena, 500);
    for (size_t i = 0; i < x->accept_count; i++) {
        buf_put_z(&b, i > 0 ? "," : "");
        buf_put(&b, x->accept[i]);
    }
    return buf_str(&b);
}

static struct words size_words(int64_t bytes)
{
    return bytes < 1000000
               ? SAY("{size} KB", SAY_NUMBER("size", (bytes + 999) / 1000))
               : SAY("{size} MB", SAY_NUMBER("size", (bytes + 500000) / 1000000));
}

err field_file_fill(struct ask *q, const struct answer *x, struct field *f)
{
    const struct question *question = x->question;
    const struct json *j = NULL;

    f->file_id = f->is_file ? f->id : str_format(q->arena, "%.*s.file", STR_ARG(f->id));
    f->file_accept = accept_of(q, question);
    f->kept_name = field_name_of(q, f->name, "kept");
    f->remove_name = field_name_of(q, f->name, "remove");
    f->file_rule = question->most > 0 && question->most < INT64_MAX
                       ? SAY("{kinds}, at most {most} MB. A clear photograph will do.",
                             SAY_TEXT("kinds", kinds_of(q, question)),
                             SAY_NUMBER("most", question->most / 1000000))
                       : SAY("{kinds}. A clear photograph will do.",
                             SAY_TEXT("kinds", kinds_of(q, question)));
    if (answer_holds_file(x) && json_parse(q->arena, x->json, &j) == NULL) {
        f->file_name = json_text_of(j, STR("name"));
        f->file_size = size_words(json_int_of(j, STR("size"), 0));
        f->file_kept = upload_ticket(q, x->json);
    }
    return NULL;
}

/* ---- signature ---- */

err field_signature_fill(struct ask *q, const struct answer *x,
                          const struct mistake *wrong, struct field *f)
{
    str name = field_name_of(q, f->name, "name"),
        agree = field_name_of(q, f->name, "agree");

    f->sign_name = (struct field_box){
        .id = field_id_of(q, name),
        .name = name,
        .value = answer_holds_file(x) ? STR("") : x->typed[0],
        .before = SAY("Your name, typed"),
        .width = STR("w-l"),
        .autocomplete = STR("name"),
        .bad = wrong != NULL && str_equal(wrong->field, name),
    };
    f->sign_agree = (struct field_choice){
        .id = field_id_of(q, agree),
        .name = agree,
        .value = STR("yes"),
        .text = SAY("The name typed here stands for my signature."),
        .checked = str_equal(x->typed[1], STR("yes")),
    };
    f->sign_strokes_name = field_name_of(q, f->name, "strokes");
    f->sign_strokes = x->typed[2];
    f->sign_path = answer_strokes(q->arena, x);
    f->is_signature = true;
    return field_file_fill(q, x, f);
}
