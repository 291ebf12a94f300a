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

static void put_quoted(struct buf *out, str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '\'') {
            buf_put_char(out, '\'');
        }
        buf_put_char(out, s.at[i]);
    }
}

/* SQLite keeps a table as its text, and changing a CHECK there is the way its makers give
 * ("Making Other Kinds Of Table Schema Changes"): no row moves, whatever their number. A
 * table where the CHECK does not stand gets an empty text, which SQLite refuses. */
static void put_choices(struct buf *out, str table, str column, str list)
{
    buf_format(out,
               "PRAGMA writable_schema = ON;\n"
               "UPDATE sqlite_schema SET sql = (SELECT CASE WHEN at = 0 THEN '' ELSE "
               "substr(sql, 1, at + %d) || '",
               (int)(sizeof "CHECK ( IN " - 2 + column.len));
    put_quoted(out, list);
    buf_format(out,
               "' || substr(sql, at + instr(substr(sql, at), '))')) END FROM "
               "(SELECT instr(sql, 'CHECK (%.*s IN (') AS at)) "
               "WHERE type = 'table' AND name = '%.*s';\n"
               "PRAGMA writable_schema = RESET;\n",
               STR_ARG(column), STR_ARG(table));
}

/* In the same way; NOT NULL is no part of how a row lies on the disk. */
static void put_optional(struct buf *out, str table, str column, str type)
{
    buf_format(out,
               "PRAGMA writable_schema = ON;\n"
               "UPDATE sqlite_schema SET sql = "
               "CASE WHEN instr(sql, ' %.*s %.*s NOT NULL') = 0 THEN '' "
               "ELSE replace(sql, ' %.*s %.*s NOT NULL', ' %.*s %.*s') END "
               "WHERE type = 'table' AND name = '%.*s';\n"
               "PRAGMA writable_schema = RESET;\n",
               STR_ARG(column), STR_ARG(type), STR_ARG(column), STR_ARG(type),
               STR_ARG(column), STR_ARG(type), STR_ARG(table));
}

const struct dialect sqlite_dialect = {
    .id = STR_INIT("INTEGER"),
    .text = STR_INIT("TEXT"),
    .bytes = STR_INIT("BLOB"),
    .table_end = STR_INIT(" STRICT"),
    .put_choices = put_choices,
    .put_optional = put_optional,
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
