/* demo — makes the demo city, office by office.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "app/demo_inner.h"
#include "app/lists.h"
#include "base/arena.h"
#include "host/store/store.h"
#include "kernel/office/office.h"
#include "kernel/pack/builtin.h"

#define DEMO_BYTES ((size_t)256 << 20)

static const struct {
    str key, pack;
} offices[DEMO_OFFICES] = {
    { STR_INIT("district"), STR_INIT("demo/district") },
    { STR_INIT("household"), STR_INIT("demo/household") },
    { STR_INIT("health"), STR_INIT("demo/health") },
    { STR_INIT("cityhall"), STR_INIT("demo/cityhall") },
};

err demo_file(struct arena *a, const char *path, str content)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    size_t done = 0;

    if (fd < 0) {
        FAIL(a, errno == EEXIST ? ERR_CONFLICT : ERR_BUSY,
             SAY("The file {file} cannot be made.", SAY_TEXT("file", str_of(path))),
             STR(""), "open: %s", strerror(errno));
    }
    while (done < content.len) {
        ssize_t n = write(fd, content.at + done, content.len - done);

        if (n < 0 && errno != EINTR) {
            break;
        }
        done += n < 0 ? 0 : (size_t)n;
    }
    if (close(fd) != 0 || done != content.len) {
        FAIL(a, ERR_BUSY,
             SAY("The file {file} cannot be made.", SAY_TEXT("file", str_of(path))),
             STR(""), "write: %s", strerror(errno));
    }
    return NULL;
}

static void catalog_release_v(void *c)
{
    catalog_release(c);
}

/* Definitions out of the binary, and the catalog that they make. */
static err office_read(struct demo *d, struct demo_office *o, size_t i)
{
    struct mistakes m;
    struct catalog *c;
    const struct office *said;

    o->key = offices[i].key;
    mistakes_init(&m, d->arena);
    TRY(builtin_pack(d->arena, offices[i].pack, &o->definitions, &o->definitions_count));
    o->agency.id = id_next(&d->ids, d->begin_ms);
    for (size_t n = 0; n < o->definitions_count; n++) {
        o->definitions[n].agency = o->agency.id;
        o->definitions[n].published_ms = d->begin_ms;
    }
    TRY(catalog_build(app_kinds, app_kinds_count, o->agency.id, o->definitions,
                      o->definitions_count, &m, &c));
    if (!arena_defer(d->arena, catalog_release_v, c)) {
        return err_no_memory;
    }
    o->catalog = c;
    said = office_get(c);
    if (m.first != NULL || said == NULL) {
        FAIL(d->arena, ERR_BROKEN, SAY("A pack of the demo city has mistakes."), STR(""),
             "%.*s: %.*s: %s", STR_ARG(offices[i].pack),
             STR_ARG(m.first == NULL ? STR("") : m.first->place),
             m.first == NULL ? "no office" : m.first->say.id);
    }
    o->agency = said->agency;
    o->agency.id = o->definitions[0].agency;
    o->agency.key = o->key;
    o->units_count = said->units_count;
    o->units = ARENA_ARRAY(d->arena, said->units_count, struct unit);
    for (size_t n = 0; o->units != NULL && n < o->units_count; n++) {
        o->units[n] = said->units[n];
        o->units[n].id = id_next(&d->ids, d->begin_ms);
    }
    return o->units == NULL ? err_no_memory : NULL;
}

struct office_put {
    struct demo *d;
    const struct demo_office *o;
};

static err run_office(void *context, struct arena *a, struct tx *tx)
{
    const struct office_put *p = context;
    const struct actor program = { .agency = p->o->agency.id };
    bool changed;

    TRY(agency_put(a, tx, NULL, p->d->begin_ms, &p->o->agency));
    for (size_t i = 0; i < p->o->units_count; i++) {
        TRY(unit_put(a, tx, NULL, p->d->begin_ms, p->o->agency.id, &p->o->units[i]));
    }
    for (size_t i = 0; i < p->o->definitions_count; i++) {
        TRY(definition_put(a, tx, &program, p->d->begin_ms, &p->o->definitions[i],
                           &changed));
    }
    return NULL;
}

static const struct label city_address = {
    .in = { [LANG_ZH] = STR_INIT("320 雲川市青埔區市府路 100 號"),
            [LANG_EN] = STR_INIT("No. 100, Shifu Road, Qingpu District, Yunchuan City 320"),
            [LANG_JA] = STR_INIT("320 雲川市青埔区市府路100号") },
};
static const struct label city_hours = {
    .in = { [LANG_ZH] = STR_INIT("市民專線全年無休，每日 24 小時"),
            [LANG_EN] = STR_INIT("The citizens' line answers day and night, all year"),
            [LANG_JA] = STR_INIT("市民ダイヤルは年中無休、24時間受付") },
};

static const struct unit city_unit = {
    .key = STR_INIT("duty"),
    .name = { .in = { [LANG_ZH] = STR_INIT("市府值勤中心"),
                      [LANG_EN] = STR_INIT("City Duty Centre"),
                      [LANG_JA] = STR_INIT("市当直センター") } },
    .telephone = STR_INIT("03-000-1999"),
};

/* The city is agency 1; it has a name, a place and who is on duty for all its offices, and
 * no services of its own. */
static err run_city(void *context, struct arena *a, struct tx *tx)
{
    const struct demo *d = context;

    TRY(agency_put(a, tx, NULL, d->begin_ms, &d->city.agency));
    return unit_put(a, tx, NULL, d->begin_ms, AGENCY_CITY, &d->city.units[0]);
}

static err city_make(struct demo *d)
{
    struct demo_office *o = &d->city;
    struct label city = d->offices[0].agency.city;

    o->key = STR("city");
    o->agency = (struct agency){ .id = AGENCY_CITY,
                                 .key = o->key,
                                 .name = city,
                                 .short_name = city,
                                 .city = city,
                                 .address = city_address,
                                 .hours = city_hours,
                                 .telephone = STR("03-000-1999"),
                                 .email = STR("city@yunchuan.example"),
                                 .case_prefix = STR("CT") };
    o->units = ARENA_NEW(d->arena, struct unit);
    if (o->units == NULL) {
        return err_no_memory;
    }
    o->units[0] = city_unit;
    o->units[0].id = id_next(&d->ids, d->begin_ms);
    o->units_count = 1;
    TRY(demo_people_city(d, o));
    TRY(store_commit(d->store, d->arena, AGENCY_CITY, run_city, d));
    return demo_people_put(d, o);
}

static err office_make(struct demo *d, size_t i)
{
    struct demo_office *o = &d->offices[i];
    struct office_put put = { .d = d, .o = o };

    TRY(office_read(d, o, i));
    TRY(demo_people(d, o));
    TRY(store_commit(d->store, d->arena, o->agency.id, run_office, &put));
    TRY(demo_people_put(d, o));
    return demo_assign(d, o);
}

static void arena_free_v(void *a)
{
    arena_free(a);
}

static err offices_make(struct demo *d)
{
    for (size_t i = 0; i < DEMO_OFFICES; i++) {
        TRY(office_make(d, i));
    }
    return city_make(d);
}

err demo_begin(struct arena *a, struct store *s, const struct keyring *k,
               const struct demo_wish *wish, int days, struct demo **ret)
{
    struct arena *own = arena_new(DEMO_BYTES);
    struct demo *d = own == NULL ? NULL : ARENA_NEW(own, struct demo);

    /* Freed with the caller's arena: an err may live in it. */
    if (own == NULL || !arena_defer(a, arena_free_v, own) || d == NULL) {
        return err_no_memory;
    }
    d->arena = own;
    d->store = s;
    d->keyring = k;
    d->wish = wish;
    d->random.state = (uint64_t)wish->today;
    d->aside.state = ~d->random.state * 3;
    d->across.state = ~d->random.state * 7;
    d->begin_ms = day_begins_ms(wish->today - days) + 8 * INT64_C(3600000);
    d->end_ms = day_begins_ms(wish->today);
    id_source_init(&d->ids, 0, 0);
    *ret = d;
    return offices_make(d);
}

err demo_fill(struct arena *a, struct store *s, const struct keyring *k,
              const struct demo_wish *wish)
{
    struct demo *d;

    TRY(demo_begin(a, s, k, wish, DEMO_YEARS_DAYS, &d));
    TRY(demo_cases(d));
    TRY(demo_shelf(d));
    return demo_passwords_write(d);
}
