/* letters_store — files, templates.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/letters/letters_store.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "feature/letters/letters.h"
#include "host/store/files.h"
#include "host/store/store.h"

#define FILES_MOST 20000

static const struct query newest_sql = {
    "SELECT t.form, t.version, t.file_id, t.staff_id, t.at_ms FROM letter_template t "
    "WHERE t.agency_id = ?1 AND t.version = (SELECT MAX(x.version) FROM letter_template x "
    "WHERE x.agency_id = t.agency_id AND x.form = t.form) ORDER BY t.form",
    "i",
};
static const struct query put_sql = {
    "INSERT INTO letter_template (agency_id, form, version, file_id, staff_id, at_ms) "
    "SELECT ?1, ?2, COALESCE(MAX(version), 0) + 1, ?3, ?4, ?5 FROM letter_template "
    "WHERE agency_id = ?1 AND form = ?2",
    "itiii",
};
static const struct query held_sql = {
    "SELECT 1 FROM letter_template WHERE agency_id = ?1 AND file_id = ?2",
    "ii",
};
static const struct query *const all_queries[] = { &newest_sql, &put_sql, &held_sql };
const struct query_list letters_queries = {
    "letters",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

err letters_bytes(struct arena *a, struct store *s, const struct keyring *k, int64_t agency,
                  int64_t file, size_t most, str *ret_bytes)
{
    struct buf all;

    buf_init(&all, a, most);
    for (int i = 0;; i++) {
        str part;

        TRY(file_part(a, s, k, agency, file, i, &part));
        if (str_is_empty(part)) {
            break;
        }
        buf_put(&all, part);
        if (buf_failed(&all)) {
            FAIL(a, ERR_INPUT, SAY("This file is too large."), STR("file"),
                 "file too large");
        }
    }
    *ret_bytes = buf_str(&all);
    return NULL;
}

err letters_file_type(struct arena *a, struct store *s, int64_t agency, int64_t file,
                      str *ret_media_type)
{
    struct file_facts facts;

    TRY(file_facts_load(a, s, agency, file, &facts));
    *ret_media_type = str_is_empty(facts.media_type) ? STR("application/octet-stream")
                                                     : facts.media_type;
    return NULL;
}

err letters_templates(struct arena *a, struct snap *snap, int64_t agency,
                      struct letters_template **ret, size_t *ret_count)
{
    struct table t;
    struct letters_template *list;

    TRY(snap_query(a, snap, &newest_sql, BIND(bind_int(agency)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct letters_template);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct letters_template){
            .form = cell_text(&t, i, 0),
            .version = (int)cell_int(&t, i, 1),
            .file = cell_int(&t, i, 2),
            .staff = cell_int(&t, i, 3),
            .at_ms = cell_int(&t, i, 4),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err letters_template_put(struct arena *a, struct tx *tx, int64_t agency,
                         const struct letters_template *t)
{
    const struct event e = {
        .agency = agency,
        .at_ms = t->at_ms,
        .actor = t->staff,
        .kind = STR("letter.template"),
        .subject = 0,
        .body = str_format(a, "{\"form\":\"%.*s\",\"file\":\"%.*s\"}", STR_ARG(t->form),
                           STR_ARG(id_text(a, t->file))),
    };

    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(agency), bind_text(t->form), bind_int(t->file),
                    bind_int(t->staff), bind_int(t->at_ms))));
    return tx_event(tx, &e);
}

err letters_files_keep(struct arena *a, struct store *s, int *ret_kept)
{
    struct table files, held;
    struct snap *snap;
    int kept = 0;

    TRY(file_unkept(a, s, FILES_MOST, &files));
    TRY(snap_begin(a, s, &snap));
    for (size_t i = 0; i < files.rows; i++) {
        int64_t agency = cell_int(&files, i, 0), id = cell_int(&files, i, 1);

        TRY(snap_query(a, snap, &held_sql, BIND(bind_int(agency), bind_int(id)), &held));
        if (held.rows > 0) {
            TRY(file_keep(a, s, agency, id));
            kept++;
        }
    }
    snap_end(snap);
    *ret_kept = kept;
    return NULL;
}
