/* The rules of the data that the schema itself must keep, read from the engine's catalogue:
 * a table may be spread by agency over many machines, and ids come from the program.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TABLES "sqlite_schema AS t WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' "
#define HERE "current_schema()::regnamespace"

/* Each gives one row, with a name, for everything that breaks it. */
static const struct {
    const char *story;
    struct query found;
} rules[] = {
    { "a primary key begins with the agency",
      { "SELECT t.name FROM " TABLES
        "AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS c "
        "                WHERE c.pk = 1 AND c.name = 'agency_id')",
        "",
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = " HERE
        " AND c.relkind IN ('r', 'p') AND NOT EXISTS "
        "(SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid "
        " AND a.attnum = i.indkey[0] WHERE i.indrelid = c.oid AND i.indisprimary "
        " AND a.attname = 'agency_id')" } },
    { "a unique index begins with the agency",
      { "SELECT i.name FROM sqlite_schema AS t, pragma_index_list(t.name) AS i, "
        "pragma_index_info(i.name) AS c WHERE t.type = 'table' "
        "AND t.name NOT LIKE 'sqlite_%' AND i.\"unique\" = 1 AND c.seqno = 0 "
        "AND c.name <> 'agency_id'",
        "",
        "SELECT i.indexrelid::regclass::text FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indrelid "
        "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] "
        "WHERE c.relnamespace = " HERE " AND i.indisunique "
        "AND COALESCE(a.attname, '') <> 'agency_id'" } },
    { "a foreign key begins with the agency, and stays in it",
      { "SELECT t.name || ' to ' || f.\"table\" FROM sqlite_schema AS t, "
        "pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table' AND "
        "((f.seq = 0) <> (f.\"from\" = 'agency_id') OR "
        " (f.\"from\" = 'agency_id') <> (f.\"to\" = 'agency_id'))",
        "",
        "SELECT k.conname FROM pg_constraint k "
        "JOIN pg_attribute f ON f.attrelid = k.conrelid AND f.attnum = k.conkey[1] "
        "JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = k.confkey[1] "
        "WHERE k.connamespace = " HERE " AND k.contype = 'f' "
        "AND (f.attname <> 'agency_id' OR t.attname <> 'agency_id')" } },
    { "no number comes from the database",
      { "SELECT t.name FROM " TABLES "AND t.sql LIKE '%autoincrement%'", "",
        "SELECT relname FROM pg_class WHERE relnamespace = " HERE " AND relkind = 'S' "
        "UNION ALL SELECT c.relname || '.' || a.attname FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = " HERE
        " AND (a.attidentity <> '' OR a.attgenerated <> '')" } },
    { "whole numbers, texts and bytes are all there is",
      { "SELECT t.name || '.' || c.name FROM sqlite_schema AS t, "
        "pragma_table_info(t.name) AS c WHERE t.type = 'table' "
        "AND t.name NOT LIKE 'sqlite_%' AND c.type NOT IN ('INTEGER', 'TEXT', 'BLOB')",
        "",
        "SELECT c.relname || '.' || a.attname FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = " HERE
        " AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped "
        "AND a.atttypid::regtype::text NOT IN ('bigint', 'text', 'bytea')" } },
    { "types are strict, and texts are compared by their bytes",
      { "SELECT t.name FROM " TABLES "AND t.sql NOT LIKE '%) STRICT'", "",
        "SELECT c.relname || '.' || a.attname FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = " HERE
        " AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped "
        "AND a.atttypid = 'text'::regtype AND a.attcollation <> '\"C\"'::regcollation" } },
    { "plain tables and indexes, and no trigger but the one that guards what is appended",
      { "SELECT name FROM sqlite_schema WHERE type = 'view' "
        "OR (type = 'trigger' AND name NOT LIKE '%\\_no\\_%' ESCAPE '\\')",
        "",
        "SELECT relname::text FROM pg_class WHERE relnamespace = " HERE
        " AND relkind IN ('v', 'm', 'f', 'c') "
        "UNION ALL SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relnamespace = " HERE " AND NOT t.tgisinternal "
        "AND t.tgfoid <> 'is_only_appended'::regproc "
        "UNION ALL SELECT i.indexrelid::regclass::text FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam "
        "WHERE c.relnamespace = " HERE " AND m.amname <> 'btree' "
        "UNION ALL SELECT conname FROM pg_constraint WHERE connamespace = " HERE
        " AND (contype IN ('x', 't') OR condeferrable)" } },
};

static void the_schema_keeps_the_rules(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s;
    struct snap *snap;

    assert_null(store_open_scratch(a, &s));
    assert_null(snap_begin(a, s, &snap));
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        struct table t;
        err e = snap_query(a, snap, &rules[i].found, NO_VALUES, &t);

        if (e != NULL) {
            fail_msg("%s: %.*s", rules[i].story, STR_ARG(e->why));
        }
        if (t.rows > 0) {
            fail_msg("%s: not %.*s", rules[i].story, STR_ARG(cell_text(&t, 0, 0)));
        }
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_schema_keeps_the_rules) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
