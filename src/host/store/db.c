/* db — hands each call to the driver of the connection.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/db.h"

#include "host/store/driver.h"

#include <string.h>

const struct driver *driver_of(const char *address)
{
    return strncmp(address, "postgresql://", 13) == 0 ||
                   strncmp(address, "postgres://", 11) == 0
               ? &postgres_driver
               : &sqlite_driver;
}

/* ---- what all drivers say alike ---- */

err driver_failed(struct arena *a, enum err_kind kind, str why)
{
    switch (kind) {
    case ERR_CONFLICT:
        FAIL(
            a, ERR_CONFLICT,
            SAY("This is already there, or someone has just changed it. Look at it again."),
            STR(""), "%.*s", STR_ARG(why));
    case ERR_BUSY:
        FAIL(a, ERR_BUSY,
             SAY("Nothing can be saved just now. Please try again in a few minutes."),
             STR(""), "%.*s", STR_ARG(why));
    default:
        FAIL(a, ERR_BROKEN,
             SAY("Something went wrong on our side. Please tell the office."), STR(""),
             "%.*s", STR_ARG(why));
    }
}

err driver_changed_others(struct arena *a, const struct query *q, int64_t changed)
{
    return driver_failed(
        a, ERR_CONFLICT,
        str_format(a, "%lld rows changed: %.200s", (long long)changed, q->sql));
}

err driver_check_values(struct arena *a, const struct query *q, const struct value *values,
                        size_t count)
{
    const char *types = query_types(q);

    if (strlen(types) != count) {
        return driver_failed(a, ERR_BROKEN,
                             str_format(a, "%zu values for types '%s': %.200s", count,
                                        types, q->sql));
    }
    for (size_t i = 0; i < count; i++) {
        if (values[i].type != types[i] && values[i].type != 'n') {
            return driver_failed(a, ERR_BROKEN,
                                 str_format(a, "value %zu is '%c', not '%c': %.200s", i + 1,
                                            values[i].type, types[i], q->sql));
        }
    }
    return NULL;
}

/* ---- opening ---- */

err db_open(struct arena *a, const char *address, int kind, enum db_use use, bool create,
            struct db **ret)
{
    return driver_of(address)->open(a, address, kind, use, create, ret);
}

void db_close(struct db *db)
{
    if (db != NULL) {
        db->driver->close(db);
    }
}

const struct driver *db_driver(const struct db *db)
{
    return db->driver;
}

/* ---- statements ---- */

err db_query(struct arena *a, struct db *db, const struct query *q,
             const struct value *values, size_t count, struct table *ret_table)
{
    TRY(driver_check_values(a, q, values, count));
    return db->driver->query(a, db, q, values, count, ret_table);
}

err db_change(struct arena *a, struct db *db, const struct query *q,
              const struct value *values, size_t count, int64_t *ret_changed)
{
    TRY(driver_check_values(a, q, values, count));
    return db->driver->change(a, db, q, values, count, ret_changed);
}

err db_change_later(struct arena *a, struct db *db, const struct query *q,
                    const struct value *values, size_t count, int64_t expected)
{
    int64_t changed;

    TRY(driver_check_values(a, q, values, count));
    if (db->driver->change_later != NULL) {
        return db->driver->change_later(a, db, q, values, count, expected);
    }
    TRY(db->driver->change(a, db, q, values, count, &changed));
    if (expected != DB_ANY && changed != expected) {
        return driver_changed_others(a, q, changed);
    }
    return NULL;
}

err db_settle(struct arena *a, struct db *db)
{
    return db->driver->settle == NULL ? NULL : db->driver->settle(a, db);
}

err db_prepare(struct arena *a, struct db *db, const struct query *q)
{
    return db->driver->prepare(a, db, q);
}

err db_script(struct arena *a, struct db *db, const char *sql)
{
    return db->driver->script(a, db, sql);
}

/* ---- transactions ---- */

err db_begin(struct arena *a, struct db *db, enum db_begin how)
{
    return db->driver->begin(a, db, how);
}

err db_commit(struct arena *a, struct db *db)
{
    return db->driver->commit(a, db);
}

void db_rollback(struct db *db)
{
    db->driver->rollback(db);
}

err db_mark(struct arena *a, struct db *db)
{
    return db->driver->mark(a, db);
}

err db_mark_back(struct arena *a, struct db *db)
{
    return db->driver->mark_back(a, db);
}

err db_mark_end(struct arena *a, struct db *db)
{
    return db->driver->mark_end(a, db);
}

enum db_state db_state(const struct db *db)
{
    return db->driver->state(db);
}

bool db_is_lost(const struct db *db)
{
    return db->driver->is_lost == NULL || db->driver->is_lost(db);
}

/* ---- the log ---- */

int db_log_pages(const struct db *db)
{
    return db->driver->log_pages == NULL ? 0 : db->driver->log_pages(db);
}

err db_checkpoint(struct arena *a, struct db *db, int *ret_left)
{
    if (db->driver->checkpoint == NULL) {
        *ret_left = 0;
        return NULL;
    }
    return db->driver->checkpoint(a, db, ret_left);
}

/* ---- looking at it ---- */

err db_integrity(struct arena *a, struct db *db, struct table *ret_findings)
{
    return db->driver->integrity(a, db, ret_findings);
}

err db_has_table(struct arena *a, struct db *db, str name, bool *ret_there)
{
    return db->driver->has_table(a, db, name, ret_there);
}

err db_schema(struct arena *a, struct db *db, struct table *ret)
{
    return db->driver->schema(a, db, ret);
}

err db_schema_after(struct arena *a, struct db *db, const char *script, struct table *ret)
{
    return db->driver->schema_after(a, db, script, ret);
}
