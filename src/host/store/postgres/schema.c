/* schema — the driver for PostgreSQL: how tables are said, and what stands there.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/postgres/postgres.h"

static void put_append_only(struct buf *out, str table)
{
    buf_format(out,
               "CREATE OR REPLACE FUNCTION is_only_appended() RETURNS trigger "
               "LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
               "'%% is only appended to', TG_TABLE_NAME; END $$;\n"
               "CREATE TRIGGER %.*s_no_change BEFORE UPDATE OR DELETE ON %.*s "
               "FOR EACH ROW EXECUTE FUNCTION is_only_appended();\n"
               "CREATE TRIGGER %.*s_no_truncate BEFORE TRUNCATE ON %.*s "
               "FOR EACH STATEMENT EXECUTE FUNCTION is_only_appended();\n",
               STR_ARG(table), STR_ARG(table), STR_ARG(table), STR_ARG(table));
}

/* A CHECK at a column has the name that the server gives it. */
static void put_choices(struct buf *out, str table, str column, str list)
{
    buf_format(out,
               "ALTER TABLE %.*s DROP CONSTRAINT %.*s_%.*s_check, "
               "ADD CONSTRAINT %.*s_%.*s_check CHECK (%.*s IN %.*s);\n",
               STR_ARG(table), STR_ARG(table), STR_ARG(column), STR_ARG(table),
               STR_ARG(column), STR_ARG(column), STR_ARG(list));
}

static void put_optional(struct buf *out, str table, str column, str type)
{
    (void)type;
    buf_format(out, "ALTER TABLE %.*s ALTER COLUMN %.*s DROP NOT NULL;\n", STR_ARG(table),
               STR_ARG(column));
}

const struct dialect postgres_dialect = {
    .id = STR_INIT("bigint"),
    .text = STR_INIT("text COLLATE \"C\""),
    .bytes = STR_INIT("bytea"),
    .table_end = STR_INIT(""),
    .put_choices = put_choices,
    .put_optional = put_optional,
    .put_append_only = put_append_only,
};

err postgres_has_table(struct arena *a, struct db *db, str name, bool *ret_there)
{
    static const struct query sql = {
        "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass(?1)",
        "t",
    };
    struct table t;

    TRY(postgres_query(a, db, &sql, BIND(bind_text(name)), &t));
    *ret_there = cell_int(&t, 0, 0) > 0;
    return NULL;
}

/* ---- what stands there ---- */

#define HERE "current_schema()::regnamespace"

err postgres_schema(struct arena *a, struct db *db, struct table *ret)
{
    static const struct query sql = {
        "SELECT 'table' AS type, c.relname::text AS name, "
        "       string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || "
        "           CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END || "
        "           CASE WHEN a.attcollation <> 0 THEN ' ' || a.attcollation::regcollation "
        "                ELSE '' END || "
        "           COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid, true), ''), "
        "           ', ' ORDER BY a.attnum) AS definition "
        "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
        "WHERE c.relnamespace = " HERE " AND c.relkind IN ('r', 'p') AND a.attnum > 0 "
        "AND NOT a.attisdropped GROUP BY c.relname "
        "UNION ALL SELECT 'constraint', conrelid::regclass::text || ' ' || conname, "
        "       pg_get_constraintdef(oid, true) || "
        "           CASE WHEN convalidated THEN '' ELSE ' NOT VALID' END "
        "FROM pg_constraint WHERE connamespace = " HERE " AND contype <> 't' "
        "UNION ALL SELECT 'index', c.relname, pg_get_indexdef(i.indexrelid, 0, true) || "
        "           CASE WHEN i.indisvalid THEN '' ELSE ' NOT VALID' END "
        "FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "WHERE c.relnamespace = " HERE " "
        "UNION ALL SELECT 'trigger', c.relname || ' ' || t.tgname, "
        "       pg_get_triggerdef(t.oid, true) || ' ' || t.tgenabled::text "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relnamespace = " HERE " AND NOT t.tgisinternal "
        "UNION ALL SELECT 'function', proname, prosrc FROM pg_proc "
        "WHERE pronamespace = " HERE " "
        "UNION ALL "
        "SELECT CASE relkind WHEN 'S' THEN 'sequence' ELSE 'view' END, relname, '' "
        "FROM pg_class WHERE relnamespace = " HERE " AND relkind IN ('S', 'v', 'm', 'f') "
        "ORDER BY 1, 2",
        "",
    };

    return postgres_query(a, db, &sql, NO_VALUES, ret);
}

/* In a schema of its own, which is never committed. */
err postgres_schema_after(struct arena *a, struct db *db, const char *script,
                          struct table *ret)
{
    err e;

    TRY(postgres_begin(a, db, DB_BEGIN_WRITE));
    e = postgres_script(a, db,
                        "CREATE SCHEMA bianmin_as_wanted; "
                        "SET LOCAL search_path TO bianmin_as_wanted;");
    if (e == NULL) {
        e = postgres_script(a, db, script);
    }
    if (e == NULL) {
        e = postgres_schema(a, db, ret);
    }
    postgres_rollback(db);
    return e;
}

err postgres_empty(struct arena *a, struct db *db)
{
    return postgres_script(
        a, db,
        "DO $$ DECLARE t regclass; BEGIN FOR t IN SELECT oid FROM pg_class "
        "WHERE relnamespace = " HERE " AND relkind IN ('r', 'p') "
        "LOOP EXECUTE 'DROP TABLE IF EXISTS ' || t || ' CASCADE'; END LOOP; "
        "DROP FUNCTION IF EXISTS is_only_appended(); END $$");
}

/* A table that was written anew has no statistics and no map of its visible pages: until
 * the server comes round to it by itself, a worklist would read where it could count. */
err postgres_refresh(struct arena *a, struct db *db)
{
    return postgres_script(a, db, "VACUUM (ANALYZE)");
}

/* ---- whether it is whole ---- */

static const struct query invalid_sql = {
    "SELECT 'index ' || indexrelid::regclass || ' is not valid' FROM pg_index "
    "WHERE NOT indisvalid AND indrelid IN "
    "    (SELECT oid FROM pg_class WHERE relnamespace = " HERE ") "
    "UNION ALL SELECT 'constraint ' || conname || ' of ' || conrelid::regclass || "
    "    ' is not checked' "
    "FROM pg_constraint WHERE NOT convalidated AND connamespace = " HERE,
    "",
};
/* Each row is a statement of its own: it counts the rows that point to nothing. It reads
 * every row, so that a page whose checksum is wrong is met as well. */
static const struct query links_sql = {
    "SELECT 'SELECT ' || quote_literal(k.conrelid::regclass || ' points to nothing in ' || "
    "    k.confrelid::regclass) || ', COUNT(*) FROM ' || k.conrelid::regclass "
    "    || ' c WHERE ' "
    "    || string_agg('c.' || quote_ident(f.attname) || ' IS NOT NULL', ' AND ') "
    "    || ' AND NOT EXISTS (SELECT 1 FROM ' || k.confrelid::regclass || ' p WHERE ' "
    "    || string_agg('p.' || quote_ident(t.attname) || ' = c.' "
    "                  || quote_ident(f.attname), ' AND ') || ')' "
    "FROM pg_constraint k "
    "CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS u (own, other) "
    "JOIN pg_attribute f ON f.attrelid = k.conrelid AND f.attnum = u.own "
    "JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = u.other "
    "WHERE k.contype = 'f' AND k.connamespace = " HERE " "
    "GROUP BY k.oid, k.conrelid, k.confrelid ORDER BY k.oid",
    "",
};

static err link_check(struct arena *a, struct db *db, str sql, struct value *finding,
                      size_t *count)
{
    struct table t;

    TRY(postgres_ask(a, db, str_z(a, sql), &t));
    if (cell_int(&t, 0, 1) > 0) {
        *finding = bind_text(str_format(a, "%.*s: %lld rows", STR_ARG(cell_text(&t, 0, 0)),
                                        (long long)cell_int(&t, 0, 1)));
        ++*count;
    }
    return NULL;
}

err postgres_integrity(struct arena *a, struct db *db, struct table *ret_findings)
{
    struct table invalid, links, found = { .columns = 1 };

    TRY(postgres_query(a, db, &invalid_sql, NO_VALUES, &invalid));
    TRY(postgres_query(a, db, &links_sql, NO_VALUES, &links));
    found.cell = ARENA_ARRAY(a, invalid.rows + links.rows, struct value);
    if (found.cell == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < invalid.rows; i++) {
        found.cell[found.rows++] = bind_text(cell_text(&invalid, i, 0));
    }
    for (size_t i = 0; i < links.rows; i++) {
        TRY(link_check(a, db, cell_text(&links, i, 0), &found.cell[found.rows],
                       &found.rows));
    }
    *ret_findings = found;
    return NULL;
}
