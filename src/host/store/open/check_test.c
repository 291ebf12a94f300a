/* Tests of the check: whoever changes what was kept, behind the program's back, is found.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static err event_run(void *context, struct arena *a, struct tx *tx)
{
    int64_t n = *(int64_t *)context;

    TRY(tx_event(tx,
                 &(struct event){ .agency = 3 + n % 2,
                                  .at_ms = 1000 + n,
                                  .actor = 5,
                                  .kind = STR("case.noted"),
                                  .subject = n,
                                  .body = str_format(a, "{\"n\":%lld}", (long long)n) }));
    return NULL;
}

struct findings {
    int faults, lines;
    char first[300];
};

static void note(void *context, bool sound, str line)
{
    struct findings *f = context;

    f->lines++;
    if (!sound && f->faults++ == 0) {
        snprintf(f->first, sizeof(f->first), "%.*s", STR_ARG(line));
    }
}

#define TRIGGERS_OFF "DROP TRIGGER event_no_UPDATE; DROP TRIGGER event_no_DELETE; "
#define TRIGGERS_ON                                                                       \
    "CREATE TRIGGER event_no_UPDATE BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, "    \
    "'event is only appended to'); END; CREATE TRIGGER event_no_DELETE BEFORE DELETE ON " \
    "event BEGIN SELECT RAISE(ABORT, 'event is only appended to'); END;"

static const struct {
    const char *story, *sql, *want;
} rows[] = {
    { "nothing was done", "", NULL },
    { "one sign of an event's body was changed",
      TRIGGERS_OFF
      "UPDATE event SET body = replace(body, '6', '7') WHERE agency_id = 3 AND "
      "seq = 4;" TRIGGERS_ON,
      "chain of agency 3: event 4 is not what was written" },
    { "the time of an event was changed",
      TRIGGERS_OFF
      "UPDATE event SET at_ms = at_ms + 1 WHERE agency_id = 4 AND seq = 1;" TRIGGERS_ON,
      "chain of agency 4: event 1 is not what was written" },
    { "a hash was flipped",
      TRIGGERS_OFF
      "UPDATE event SET hash = randomblob(32) WHERE agency_id = 3 AND seq = 2;" TRIGGERS_ON,
      "chain of agency 3: event 2 is not what was written" },
    { "an event was taken out",
      TRIGGERS_OFF "DELETE FROM event WHERE agency_id = 3 AND seq = 2;" TRIGGERS_ON,
      "chain of agency 3: event 2 is missing" },
    { "two events changed places",
      TRIGGERS_OFF
      "UPDATE event SET seq = 99 WHERE agency_id = 3 AND seq = 2; UPDATE event SET "
      "seq = 2 WHERE agency_id = 3 AND seq = 3; UPDATE event SET seq = 3 WHERE "
      "agency_id = 3 AND seq = 99;" TRIGGERS_ON,
      "chain of agency 3: event 2 is not what was written" },
    { "the end was cut off",
      TRIGGERS_OFF "DELETE FROM event WHERE agency_id = 3 AND seq > 3;" TRIGGERS_ON,
      "chain of agency 3: it ends with event 3, but its head says 5" },
    { "all of an agency's events are gone, and its head too",
      TRIGGERS_OFF
      "DELETE FROM event WHERE agency_id = 3; UPDATE agency_head SET seq = 0 WHERE "
      "agency_id = 3;" TRIGGERS_ON,
      "chain of agency 3: it ends with event 0, but its head says 0" },
    { "an event was put behind the last",
      "INSERT INTO event SELECT agency_id, seq + 1, at_ms, actor_id, subject_id, kind, body, "
      "hash FROM event WHERE agency_id = 3 AND seq = 5;",
      "chain of agency 3: event 6 is not what was written" },
    { "a head was taken out", "DELETE FROM agency_head WHERE agency_id = 4;",
      "chain of agency 4: it ends with event 5, but its head says 0" },
    { "the guard of events was taken down", "DROP TRIGGER event_no_UPDATE;",
      "schema: trigger event_no_UPDATE is missing" },
    { "a table was added", "CREATE TABLE spare (a);",
      "schema: table spare does not belong here" },
};

static char *folder_new(char *buffer, size_t size)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(buffer, size, "%s/bianmin-check-XXXXXX",
             tmp != NULL                     ? tmp
             : access("/dev/shm", W_OK) == 0 ? "/dev/shm"
                                             : "/tmp");
    return mkdtemp(buffer);
}

static void make(const char *folder)
{
    struct store_options o = { .folder = folder, .create = true, .no_reserve = true };
    struct arena *a = arena_new(0);
    struct store *s;
    int applied;

    assert_null(store_open(a, &o, &s));
    assert_null(store_migrate(a, s, &applied));
    assert_null(store_start(a, s));
    for (int64_t n = 0; n < 10; n++) {
        assert_null(store_commit(s, a, 3, event_run, &n));
    }
    arena_free(a);
}

static void tamper(const char *path, const char *sql)
{
    sqlite3 *db;
    char *why = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        fail_msg("%s", why);
    }
    sqlite3_close(db);
}

static struct findings look(const char *folder)
{
    struct store_options o = { .folder = folder, .no_reserve = true };
    struct arena *a = arena_new(0);
    struct findings f = { 0 };
    struct store *s;

    assert_null(store_open(a, &o, &s));
    assert_null(store_check(a, s, note, &f));
    arena_free(a);
    return f;
}

static void drop(const char *folder)
{
    static const char *const names[] = { "bianmin.db", "lock", "files.db" };
    char path[300];

    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void tampering_is_found(void **state)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char folder[200], path[300];
        struct findings f;

        assert_non_null(folder_new(folder, sizeof(folder)));
        make(folder);
        snprintf(path, sizeof(path), "%s/bianmin.db", folder);
        tamper(path, rows[i].sql);
        f = look(folder);
        if (rows[i].want == NULL ? f.faults > 0 : strcmp(f.first, rows[i].want) != 0) {
            fail_msg("%s: %s", rows[i].story, f.first);
        }
        drop(folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(tampering_is_found) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
