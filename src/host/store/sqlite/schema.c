/* schema — the driver for SQLite: how tables are said, and what stands there.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/sqlite/sqlite.h"

static void put_append_only(struct buf *out, str table)
{
    static const char *const acts[] = { "UPDATE", "DELETE" };

    for (size_t i = 0; i < 2; i++) {
        buf_format(out,
                   "CREATE TRIGGER %.*s_no_%s BEFORE %s ON %.*s BEGIN "
                   "SELECT RAISE(ABORT, '%.*s is only appended to'); END;\n",
                   STR_ARG(table), acts[i], acts[i], STR_ARG(table), STR_ARG(table));
    }
}

const struct dialect sqlite_dialect = {
    .id = STR_INIT("INTEGER"),
    .text = STR_INIT("TEXT"),
    .bytes = STR_INIT("BLOB"),
    .table_end = STR_INIT(" STRICT"),
    .put_append_only = put_append_only,
};

err sqlite_integrity(struct arena *a, struct db *db, struct table *ret_findings)
{
    static const struct query pages = { "SELECT * FROM pragma_integrity_check "
                                        "WHERE integrity_check <> 'ok'",
                                        "" };
    static const struct query links = {
        "SELECT \"table\" || ' row ' || rowid || ' points to "
        "nothing in ' || \"parent\" "
        "FROM pragma_foreign_key_check",
        ""
    };
    struct table first, second;

    TRY(sqlite_query(a, db, &pages, NO_VALUES, &first));
    if (first.rows > 0) {
        *ret_findings = first;
        return NULL;
    }
    TRY(sqlite_query(a, db, &links, NO_VALUES, &second));
    *ret_findings = second;
    return NULL;
}

err sqlite_has_table(struct arena *a, struct db *db, str name, bool *ret_there)
{
    static const struct query sql = {
        "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1",
        "t",
    };
    struct table t;

    TRY(sqlite_query(a, db, &sql, BIND(bind_text(name)), &t));
    *ret_there = cell_int(&t, 0, 0) > 0;
    return NULL;
}

err sqlite_schema(struct arena *a, struct db *db, struct table *ret)
{
    static const struct query sql = {
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
        "ORDER BY type, name",
        "",
    };

    return sqlite_query(a, db, &sql, NO_VALUES, ret);
}

err sqlite_schema_after(struct arena *a, struct db *db, const char *script,
                        struct table *ret)
{
    struct db *empty;
    err e;

    TRY(sqlite_open(a, ":memory:", DB_KIND_MAIN, DB_WRITE, true, &empty));
    e = sqlite_script(a, empty, script);
    if (e == NULL) {
        e = sqlite_schema(a, empty, ret);
    }
    sqlite_close(empty);
    return e;
}
