/* fixture — the database of an instance as a text that any engine can be filled from, with
 * the schema of the version that it came from.
 *
 *   fixture dump FOLDER               of an instance on SQLite, to standard output
 *   fixture load FILE FOLDER [DATABASE]   into files in FOLDER, or into a server
 *
 * Lines: `database main|files`, `migration NUMBER HASH` (the tables come from the NNNN.sql of
 * today, which must be as they were), `table NAME COLUMN…` and under it a row a line in JSON;
 * bytes are a list of one text in hexadecimal. `#` begins a comment.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/driver.h"
#include "host/store/files/files_db.h"
#include "host/store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MIGRATIONS = 1000, COLUMNS = 60, FILE_BYTES = 16 << 20 };

static void die(err e)
{
    if (e != NULL) {
        fprintf(stderr, "fixture: %s: %.*s\n", e->say.id, STR_ARG(e->why));
        exit(1);
    }
}

static void die_of(const char *why, str at)
{
    fprintf(stderr, "fixture: %s: %.*s\n", why, STR_ARG(at));
    exit(1);
}

/* ---- from a database to a text ---- */

static const struct query migrations_sql = {
    "SELECT number, hash FROM migration ORDER BY number",
    "",
};
/* In the order in which they were made: what others point to comes first. */
static const struct query tables_sql = {
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migration' "
    "AND name NOT LIKE 'sqlite%' ORDER BY rowid",
    "",
};
static const struct query columns_sql = {
    "SELECT name FROM pragma_table_info(?1) ORDER BY cid",
    "t",
};

static void put_row(struct buf *out, struct arena *a, const struct table *t, size_t row)
{
    struct json_writer w;

    json_open(&w, out);
    json_list(&w, STR(""));
    for (size_t i = 0; i < t->columns; i++) {
        const struct value *v = &t->cell[row * t->columns + i];

        if (v->type == 'i') {
            json_put_int(&w, STR(""), v->number);
        } else if (v->type == 't') {
            json_put_text(&w, STR(""), v->text);
        } else if (v->type == 'b') {
            json_list(&w, STR(""));
            json_put_text(&w, STR(""), str_hex(a, v->text));
            json_end_list(&w);
        } else {
            json_put_null(&w, STR(""));
        }
    }
    json_end_list(&w);
    buf_put_char(out, '\n');
}

static void dump_table(struct buf *out, struct arena *a, struct db *db, str name)
{
    struct query *all = ARENA_NEW(a, struct query);
    struct table columns, rows;

    *all = (struct query){
        .sql = str_z(a, str_format(a, "SELECT * FROM %.*s ORDER BY rowid", STR_ARG(name))),
        .types = "",
    };
    die(db_query(a, db, &columns_sql, BIND(bind_text(name)), &columns));
    die(db_query(a, db, all, NO_VALUES, &rows));
    if (rows.rows == 0) {
        return;
    }
    buf_format(out, "table %.*s", STR_ARG(name));
    for (size_t i = 0; i < columns.rows; i++) {
        buf_format(out, " %.*s", STR_ARG(cell_text(&columns, i, 0)));
    }
    buf_put_char(out, '\n');
    for (size_t i = 0; i < rows.rows; i++) {
        put_row(out, a, &rows, i);
    }
}

static void dump(struct arena *a, struct buf *out, const char *folder, const char *name,
                 int kind)
{
    const char *address = str_z(a, str_format(a, "%s/%s", folder, name));
    struct table migrations, tables;
    struct db *db;

    die(db_open(a, address, kind, DB_WRITE, false, &db));
    buf_format(out, "database %s\n", kind == DB_KIND_MAIN ? "main" : "files");
    die(db_query(a, db, &migrations_sql, NO_VALUES, &migrations));
    for (size_t i = 0; i < migrations.rows; i++) {
        buf_format(out, "migration %lld %.*s\n", (long long)cell_int(&migrations, i, 0),
                   STR_ARG(str_hex(a, cell_bytes(&migrations, i, 1))));
    }
    die(db_query(a, db, &tables_sql, NO_VALUES, &tables));
    for (size_t i = 0; i < tables.rows; i++) {
        dump_table(out, a, db, cell_text(&tables, i, 0));
    }
    db_close(db);
}

/* ---- and back ---- */

struct load {
    struct arena *arena;
    const char *folder, *database;
    struct db *main, *db; /* db: what the lines are about */
    bool is_files;
    struct migration list[MIGRATIONS];
    size_t count;
    bool is_made; /* its tables */
    str table;
    str columns;
    size_t column_count;
};

static void open_db(struct load *l, str name)
{
    struct arena *a = l->arena;

    l->is_files = str_equal(name, STR("files"));
    l->is_made = false;
    l->count = 0;
    if (l->is_files && l->database != NULL) {
        l->list[l->count++] = files_migration; /* beside all else */
        l->db = l->main;
        return;
    }
    const char *address =
        l->database != NULL
            ? l->database
            : str_z(a, str_format(a, "%s/%s", l->folder,
                                  l->is_files ? "files.db" : "bianmin.db"));

    die(db_open(a, address, l->is_files ? DB_KIND_FILES : DB_KIND_MAIN, DB_WRITE, true,
                &l->db));
    l->main = l->is_files ? l->main : l->db;
}

static void add_migration(struct load *l, str number)
{
    const struct migration *from = l->is_files ? files_tables : store_migrations;
    size_t count = l->is_files ? files_tables_count : store_migration_count;
    int64_t wanted = 0;

    if (l->is_files && l->database != NULL) {
        return;
    }
    if (!str_to_int(number, &wanted)) {
        die_of("this is no number", number);
    }
    for (size_t i = 0; i < count; i++) {
        if (from[i].number == wanted) {
            l->list[l->count++] = from[i];
            return;
        }
    }
    die_of("a migration is gone", number);
}

/* Fills in what is missing; a server's database is compared with both lists. */
static void make_tables(struct load *l)
{
    struct table known;
    int applied = 0;

    if (l->is_made) {
        return;
    }
    l->is_made = true;
    if (l->is_files && l->database != NULL) {
        die(db_query(l->arena, l->db, &migrations_sql, NO_VALUES, &known));
        for (size_t i = 0; i < known.rows; i++) {
            for (size_t m = 0; m < store_migration_count; m++) {
                if (store_migrations[m].number == cell_int(&known, i, 0)) {
                    l->list[l->count++] = store_migrations[m];
                }
            }
        }
    }
    die(migrate_all(l->arena, l->db, l->list, l->count, 1, &applied));
}

static void check_hash(struct load *l, str number, str hash)
{
    const struct migration *m = &l->list[l->count - 1];

    if (l->is_files && l->database != NULL) {
        return;
    }
    if (!str_equal(str_hex(l->arena, migration_hash(l->arena, m)), hash)) {
        die_of("a migration that was released has been changed", number);
    }
}

static void begin_table(struct load *l, str rest)
{
    struct arena *a = l->arena;
    struct buf b;
    str word;

    make_tables(l);
    str_cut(&rest, ' ', &l->table);
    buf_init(&b, a, 4000);
    for (l->column_count = 0; rest.len > 0 && str_cut(&rest, ' ', &word);
         l->column_count++) {
        buf_format(&b, "%s%.*s", l->column_count == 0 ? "" : ", ", STR_ARG(word));
    }
    l->columns = buf_str(&b);
    if (str_equal(l->table, STR("store_mark"))) { /* a migration has put its row */
        die(db_script(a, l->db, "DELETE FROM store_mark"));
    }
}

static struct value value_of(struct arena *a, const struct json *j)
{
    str bytes = STR("");

    switch (j->kind) {
    case JSON_INT:
        return bind_int(j->number);
    case JSON_TEXT:
        return bind_text(j->text);
    case JSON_LIST:
        if (j->first == NULL || !str_unhex(a, j->first->text, &bytes)) {
            die_of("these are no bytes", j->first == NULL ? STR("[]") : j->first->text);
        }
        return bind_bytes(bytes);
    default:
        return bind_null();
    }
}

static void put(struct load *l, str line)
{
    struct arena *a = l->arena;
    struct query *q = ARENA_NEW(a, struct query);
    struct value values[COLUMNS];
    const struct json *row;
    char types[COLUMNS + 1] = "";
    size_t count = 0;
    int64_t changed;
    struct buf b;

    /* Which process owns a folder; several share a server and would wait for it. */
    if (l->database != NULL && str_equal(l->table, STR("node_lease"))) {
        return;
    }
    die(json_parse(a, line, &row));
    buf_init(&b, a, 4000);
    buf_format(&b, "INSERT INTO %.*s (%.*s) VALUES (", STR_ARG(l->table),
               STR_ARG(l->columns));
    for (const struct json *j = row->first; j != NULL && count < COLUMNS; j = j->next) {
        values[count] = value_of(a, j);
        types[count] = values[count].type;
        buf_format(&b, "%s?%zu", count == 0 ? "" : ", ", count + 1);
        count++;
    }
    buf_put_z(&b, ")");
    if (count != l->column_count) {
        die_of("a row has another number of columns", line);
    }
    *q = (struct query){ .sql = str_z(a, buf_str(&b)),
                         .types = str_z(a, str_copy(a, str_of(types))) };
    die(db_change(a, l->db, q, values, count, &changed));
}

static void load_line(struct load *l, str line)
{
    str rest = line, word, number;

    if (line.len == 0 || line.at[0] == '#') {
        return;
    }
    if (line.at[0] == '[') {
        put(l, line);
        return;
    }
    str_cut(&rest, ' ', &word);
    if (str_equal(word, STR("database"))) {
        open_db(l, rest);
    } else if (str_equal(word, STR("migration"))) {
        str_cut(&rest, ' ', &number);
        add_migration(l, number);
        check_hash(l, number, rest);
    } else if (str_equal(word, STR("table"))) {
        begin_table(l, rest);
    } else {
        die_of("what is this", line);
    }
}

static str read_all(struct arena *a, const char *path)
{
    char *bytes = arena_alloc(a, FILE_BYTES);
    FILE *f = fopen(path, "rb");
    size_t n = f == NULL || bytes == NULL ? 0 : fread(bytes, 1, FILE_BYTES, f);

    if (f == NULL || n == FILE_BYTES) {
        die_of("cannot read", str_of(path));
    }
    fclose(f);
    return (str){ bytes, n };
}

static void load(struct arena *a, const char *file, const char *folder,
                 const char *database)
{
    struct load *l = ARENA_NEW(a, struct load);
    str rest = read_all(a, file), line;

    l->arena = a;
    l->folder = folder;
    l->database = database;
    while (rest.len > 0 && str_cut(&rest, '\n', &line)) {
        if (str_starts(line, STR("database")) && l->db != NULL) {
            make_tables(l);
            if (l->database == NULL) {
                db_close(l->db);
            }
        }
        load_line(l, line);
    }
    make_tables(l);
    db_close(l->db);
}

int main(int count, char **words)
{
    struct arena *a = arena_new((size_t)256 << 20);
    struct buf out;

    die(seal_start(a));
    if (count == 3 && strcmp(words[1], "dump") == 0) {
        buf_init(&out, a, FILE_BYTES);
        dump(a, &out, words[2], "bianmin.db", DB_KIND_MAIN);
        dump(a, &out, words[2], "files.db", DB_KIND_FILES);
        fwrite(buf_str(&out).at, 1, buf_str(&out).len, stdout);
    } else if ((count == 4 || count == 5) && strcmp(words[1], "load") == 0) {
        load(a, words[2], words[3], count == 5 ? words[4] : NULL);
    } else {
        fprintf(stderr, "fixture dump FOLDER | load FILE FOLDER [DATABASE]\n");
        return 2;
    }
    arena_free(a);
    return 0;
}
