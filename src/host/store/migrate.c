/* migrate — translates the port's words and applies what a database has not had.
 *
 * A translation works on whole words outside quotes; it is no parser of SQL. What the
 * engine does not understand afterwards, it refuses itself.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/migrate.h"

#include "base/buf.h"
#include "host/seal/seal.h"
#include "host/store/driver.h"

#include <string.h>

enum { SCRIPT_BYTES = 1 << 20, MIGRATIONS = 10000 };

/* ---- the port's words ---- */

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
}

/* Takes the first word (or, where there is none, one character; a quoted text whole). */
static str cut_piece(str *rest)
{
    size_t n = 0;

    if (rest->at[0] == '\'' || rest->at[0] == '"') {
        n = 1;
        while (n < rest->len && rest->at[n] != rest->at[0]) {
            n++;
        }
        n += n < rest->len;
    } else {
        while (n < rest->len && is_word_char(rest->at[n])) {
            n++;
        }
        n += n == 0;
    }
    str piece = { rest->at, n };
    rest->at += n;
    rest->len -= n;
    return piece;
}

static str cut_word(str *rest)
{
    *rest = str_trim(*rest);
    return rest->len == 0 ? STR("") : cut_piece(rest);
}

static str type_of(const struct dialect *d, str word)
{
    const struct {
        str port, own;
    } types[] = {
        { STR("ID"), d->id },
        { STR("INT"), d->id },
        { STR("TEXT"), d->text },
        { STR("BYTES"), d->bytes },
    };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (str_equal(word, types[i].port)) {
            return types[i].own;
        }
    }
    return word;
}

static void put_typed(struct buf *out, const struct dialect *d, str rest)
{
    while (rest.len > 0) {
        buf_put(out, type_of(d, cut_piece(&rest)));
    }
}

static void put_table(struct buf *out, const struct dialect *d, str rest)
{
    buf_put_z(out, "CREATE TABLE ");
    put_typed(out, d, str_trim(rest));
    buf_put(out, d->table_end);
    buf_put_z(out, ";\n");
}

static void put_column(struct buf *out, const struct dialect *d, str rest)
{
    str table = cut_word(&rest);

    buf_format(out, "ALTER TABLE %.*s ADD COLUMN ", STR_ARG(table));
    put_typed(out, d, str_trim(rest));
    buf_put_z(out, ";\n");
}

/* The rows there are keep to the wider list already; engines that look will look. */
static void put_choices(struct buf *out, const struct dialect *d, str rest)
{
    str table = cut_word(&rest), column = cut_word(&rest);

    d->put_choices(out, table, column, str_trim(rest));
}

static void put_optional(struct buf *out, const struct dialect *d, str rest)
{
    str table = cut_word(&rest), column = cut_word(&rest);

    d->put_optional(out, table, column, type_of(d, cut_word(&rest)));
}

static void put_append_only(struct buf *out, const struct dialect *d, str rest)
{
    d->put_append_only(out, cut_word(&rest));
}

static void put_index(struct buf *out, const struct dialect *d, str rest)
{
    buf_format(out, "CREATE INDEX %.*s;\n", STR_ARG(str_trim(rest)));
}

static void put_unique_index(struct buf *out, const struct dialect *d, str rest)
{
    buf_format(out, "CREATE UNIQUE %.*s;\n", STR_ARG(str_trim(rest)));
}

static void put_drop_index(struct buf *out, const struct dialect *d, str rest)
{
    buf_format(out, "DROP INDEX %.*s;\n", STR_ARG(str_trim(rest)));
}

static void put_drop_table(struct buf *out, const struct dialect *d, str rest)
{
    buf_format(out, "DROP TABLE %.*s;\n", STR_ARG(str_trim(rest)));
}

static void put_drop_column(struct buf *out, const struct dialect *d, str rest)
{
    str table = cut_word(&rest);

    buf_format(out, "ALTER TABLE %.*s DROP COLUMN %.*s;\n", STR_ARG(table),
               STR_ARG(str_trim(rest)));
}

static const struct {
    str word;
    void (*put)(struct buf *out, const struct dialect *d,
                str rest); /* NULL: as it stands */
} statements[] = {
    { STR_INIT("TABLE"), put_table },
    { STR_INIT("INDEX"), put_index },
    { STR_INIT("UNIQUE"), put_unique_index },
    { STR_INIT("DROP_INDEX"), put_drop_index },
    { STR_INIT("DROP_TABLE"), put_drop_table },
    { STR_INIT("COLUMN"), put_column },
    { STR_INIT("DROP_COLUMN"), put_drop_column },
    { STR_INIT("CHOICES"), put_choices },
    { STR_INIT("OPTIONAL"), put_optional },
    { STR_INIT("APPEND_ONLY"), put_append_only },
    { STR_INIT("INSERT"), NULL },
    { STR_INIT("UPDATE"), NULL },
    { STR_INIT("DELETE"), NULL },
};

static err put_statement(struct arena *a, struct buf *out, const struct dialect *d,
                         str statement)
{
    str rest = statement;
    str word = cut_word(&rest);

    for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
        if (!str_equal(word, statements[i].word)) {
            continue;
        }
        if (statements[i].put != NULL) {
            statements[i].put(out, d, rest);
        } else {
            buf_format(out, "%.*s;\n", STR_ARG(statement));
        }
        return NULL;
    }
    FAIL(a, ERR_INPUT,
         SAY("A migration has a word that is not known: {word}.", SAY_TEXT("word", word)),
         STR(""), "%.*s", STR_ARG(str_slice(statement, 0, 200)));
}

/* The text without comments; what is in quotes stays. */
static str without_comments(struct arena *a, str sql)
{
    struct buf out;

    buf_init(&out, a, SCRIPT_BYTES);
    while (sql.len > 0) {
        if (str_starts(sql, STR("--"))) {
            while (sql.len > 0 && sql.at[0] != '\n') {
                sql = str_slice(sql, 1, sql.len);
            }
        } else {
            buf_put(&out, cut_piece(&sql));
        }
    }
    return buf_str(&out);
}

err migration_say(struct arena *a, const struct dialect *d, str port, str *ret_sql)
{
    str rest = without_comments(a, port);
    struct buf out, statement;

    buf_init(&out, a, SCRIPT_BYTES);
    buf_init(&statement, a, SCRIPT_BYTES);
    while (rest.len > 0) {
        str piece = cut_piece(&rest);

        if (!str_equal(piece, STR(";"))) {
            buf_put(&statement, piece);
            continue;
        }
        TRY(put_statement(a, &out, d, str_copy(a, str_trim(buf_str(&statement)))));
        buf_clear(&statement);
    }
    if (str_trim(buf_str(&statement)).len > 0) {
        FAIL(a, ERR_INPUT, SAY("The last statement of a migration does not end with ;."),
             STR(""), "%.*s", STR_ARG(str_slice(buf_str(&statement), 0, 200)));
    }
    if (arena_failed(a) || buf_failed(&out)) {
        return err_no_memory;
    }
    *ret_sql = buf_str(&out);
    return NULL;
}

err migration_say_all(struct arena *a, const struct dialect *d,
                      const struct migration *list, size_t count, str *ret_sql)
{
    struct buf out;

    buf_init(&out, a, SCRIPT_BYTES);
    for (size_t i = 0; i < count; i++) {
        str sql;

        TRY(migration_say(a, d, str_of(list[i].sql), &sql));
        buf_put(&out, sql);
    }
    if (arena_failed(a) || buf_failed(&out)) {
        return err_no_memory;
    }
    *ret_sql = buf_str(&out);
    return NULL;
}

/* ---- applying ---- */

static const struct query applied_sql = {
    "SELECT number, hash, name FROM migration WHERE agency_id = 1 ORDER BY number",
    "",
};
static const struct query record_sql = {
    "INSERT INTO migration (agency_id, number, name, hash, applied_ms) "
    "VALUES (1, ?1, ?2, ?3, ?4)",
    "itbi",
};

/* What a migration does, whatever its comments say. */
str migration_hash(struct arena *a, const struct migration *m)
{
    return seal_sha256(a, without_comments(a, str_of(m->sql)));
}

static err applied_load(struct arena *a, struct db *db, struct table *ret)
{
    bool there;

    TRY(db_has_table(a, db, STR("migration"), &there));
    if (!there) {
        *ret = (struct table){ 0 };
        return NULL;
    }
    return db_query(a, db, &applied_sql, NO_VALUES, ret);
}

static const struct migration *find(const struct migration *list, size_t count,
                                    int64_t number)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].number == number) {
            return &list[i];
        }
    }
    return NULL;
}

static err compare(struct arena *a, const struct table *applied,
                   const struct migration *list, size_t count)
{
    for (size_t row = 0; row < applied->rows; row++) {
        const struct migration *m = find(list, count, cell_int(applied, row, 0));

        if (m == NULL) {
            FAIL(a, ERR_CONFLICT,
                 SAY("This database was made by a newer version of the program. Start that "
                     "version, or restore a backup from before."),
                 STR(""), "unknown migration %lld %.*s",
                 (long long)cell_int(applied, row, 0), STR_ARG(cell_text(applied, row, 2)));
        }
        if (!str_equal(migration_hash(a, m), cell_bytes(applied, row, 1))) {
            FAIL(a, ERR_CONFLICT,
                 SAY("This database was made by another version of the program. Start that "
                     "version, or make the instance anew."),
                 STR(""), "another text of migration %s", m->name);
        }
    }
    return NULL;
}

static bool has(const struct table *applied, int number)
{
    for (size_t row = 0; row < applied->rows; row++) {
        if (cell_int(applied, row, 0) == number) {
            return true;
        }
    }
    return false;
}

/* Several programs may start at once on one database: who holds the first row migrates. */
static const struct query lock_sql = {
    "SELECT number FROM migration WHERE agency_id = 1 ORDER BY number LIMIT 1",
    "",
    .postgres = "SELECT number FROM migration WHERE agency_id = 1 ORDER BY number LIMIT 1 "
                "FOR UPDATE",
};

static err is_applied(struct arena *a, struct db *db, const struct migration *m, bool *ret)
{
    struct table applied, first;
    bool there;

    *ret = false;
    TRY(db_has_table(a, db, STR("migration"), &there));
    if (!there) {
        return NULL;
    }
    TRY(db_query(a, db, &lock_sql, NO_VALUES, &first));
    TRY(db_query(a, db, &applied_sql, NO_VALUES, &applied));
    *ret = has(&applied, m->number);
    return NULL;
}

static err apply(struct arena *a, struct db *db, const struct migration *m, int64_t now_ms)
{
    int64_t changed;
    bool is_there;
    str sql;

    TRY(migration_say(a, db->driver->dialect, str_of(m->sql), &sql));
    TRY(db_begin(a, db, DB_BEGIN_WRITE));
    TRY(is_applied(a, db, m, &is_there));
    if (is_there) {
        db_rollback(db);
        return NULL;
    }
    TRY(db_script(a, db, str_z(a, sql)));
    TRY(db_change(a, db, &record_sql,
                  BIND(bind_int(m->number), bind_text(str_of(m->name)),
                       bind_bytes(migration_hash(a, m)), bind_int(now_ms)),
                  &changed));
    if (arena_failed(a)) {
        return err_no_memory;
    }
    return db_commit(a, db);
}

/* Nothing of it is kept; those before it are. A disk or a server that is away says so. */
static err not_applied(struct arena *a, const struct migration *m, err e)
{
    if (e->kind == ERR_BUSY) {
        return e;
    }
    FAIL(a, ERR_CONFLICT,
         SAY("The database could not be brought to this version: {name} was not applied "
             "({why}). Nothing of it was kept. Report this, and go on with the version and "
             "the copy from before.",
             SAY_TEXT("name", str_of(m->name)), SAY_TEXT("why", e->why)),
         STR(""), "%s: %.*s", m->name, STR_ARG(e->why));
}

err migrate_compare(struct arena *a, struct db *db, const struct migration *list,
                    size_t count, int *ret_missing)
{
    struct table applied;
    int missing = 0;

    TRY(applied_load(a, db, &applied));
    TRY(compare(a, &applied, list, count));
    for (size_t i = 0; i < count; i++) {
        missing += !has(&applied, list[i].number);
    }
    *ret_missing = missing;
    return NULL;
}

err migrate_all(struct arena *a, struct db *db, const struct migration *list, size_t count,
                int64_t now_ms, int *ret_applied)
{
    struct table applied;
    int done = 0;

    TRY(applied_load(a, db, &applied));
    TRY(compare(a, &applied, list, count));
    for (size_t i = 0; i < count; i++) {
        err e = has(&applied, list[i].number) ? NULL : apply(a, db, &list[i], now_ms);

        if (e != NULL) {
            db_rollback(db);
            return not_applied(a, &list[i], e);
        }
        done += !has(&applied, list[i].number);
    }
    *ret_applied = done;
    return done > 0 && applied.rows > 0 && db->driver->refresh != NULL
               ? db->driver->refresh(a, db)
               : NULL;
}
