/* demo_people — the colleagues of the demo offices: every duty at each office, deputies,
 * passwords.
 * SPDX-License-Identifier: MPL-2.0 */
#include <pthread.h>

#include "app/demo_inner.h"
#include "base/arena.h"
#include "base/buf.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/office/office.h"

#define MOST_STAFF 40
#define PASSWORD_SIGNS 12
#define PASSWORD_GROUP 4
#define FILE_BYTES 65536
#define HASH_THREADS 2
#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

static const str surnames[] = {
    STR_INIT("陳"), STR_INIT("林"), STR_INIT("黃"), STR_INIT("張"), STR_INIT("李"),
    STR_INIT("王"), STR_INIT("吳"), STR_INIT("劉"), STR_INIT("蔡"), STR_INIT("楊"),
    STR_INIT("許"), STR_INIT("鄭"), STR_INIT("謝"), STR_INIT("郭"), STR_INIT("洪"),
    STR_INIT("曾"), STR_INIT("邱"), STR_INIT("廖"), STR_INIT("賴"), STR_INIT("周"),
    STR_INIT("葉"), STR_INIT("蘇"), STR_INIT("莊"), STR_INIT("呂"), STR_INIT("何"),
    STR_INIT("羅"), STR_INIT("高"), STR_INIT("蕭"), STR_INIT("潘"), STR_INIT("歐陽"),
};
static const str given_names[] = {
    STR_INIT("文華"), STR_INIT("淑芬"), STR_INIT("建宏"), STR_INIT("雅婷"),
    STR_INIT("志明"), STR_INIT("美玲"), STR_INIT("俊傑"), STR_INIT("怡君"),
    STR_INIT("家豪"), STR_INIT("佩珊"), STR_INIT("宗翰"), STR_INIT("惠如"),
    STR_INIT("冠宇"), STR_INIT("欣怡"), STR_INIT("明德"), STR_INIT("秀英"),
    STR_INIT("柏翰"), STR_INIT("詩涵"), STR_INIT("國棟"), STR_INIT("麗華"),
    STR_INIT("承恩"), STR_INIT("思妤"), STR_INIT("振坤"), STR_INIT("玉蘭"),
    STR_INIT("彥廷"), STR_INIT("靜宜"), STR_INIT("哲維"), STR_INIT("筱涵"),
    STR_INIT("添丁"), STR_INIT("阿春"), STR_INIT("品妍"), STR_INIT("子軒"),
    STR_INIT("月娥"), STR_INIT("勝雄"), STR_INIT("若晴"), STR_INIT("安"),
    STR_INIT("恩琪"), STR_INIT("書豪"), STR_INIT("素貞"), STR_INIT("仁傑"),
};

/* Who is there beside the heads and officers of the units. `deputy`: his sign-in name. */
static const struct post {
    const char *sign_name, *title, *deputy;
    duty_set duties;
    bool in_last_unit; /* else in the first */
} posts[] = {
    { "head", "", "secretary", DUTY(DUTY_HEAD), true },
    { "secretary", "", "coordinator", DUTY(DUTY_SECRETARY), true },
    { "coordinator", "研考", "secretary", DUTY(DUTY_COORDINATOR) | DUTY(DUTY_STUDY), true },
    { "dispatcher", "分案人員", "clerk", DUTY(DUTY_DISPATCHER), false },
    { "village", "里幹事", "clerk", DUTY(DUTY_VILLAGE), false },
    { "cashier", "出納", "accountant", DUTY(DUTY_CASHIER), true },
    { "accountant", "主計員", "cashier", DUTY(DUTY_ACCOUNTANT), true },
    { "personnel", "人事管理員", "ethics", DUTY(DUTY_PERSONNEL), true },
    { "ethics", "政風人員", "personnel", DUTY(DUTY_ETHICS), true },
    { "seal", "監印", "archive", DUTY(DUTY_SEAL_KEEPER), true },
    { "archive", "檔案管理員", "seal", DUTY(DUTY_ARCHIVIST), true },
    { "switchboard", "總機", "volunteer", DUTY(DUTY_SWITCHBOARD), true },
    { "volunteer", "志工", "", DUTY(DUTY_VOLUNTEER), false },
    { "auditor", "稽核", "coordinator", DUTY(DUTY_AUDITOR) | DUTY(DUTY_STUDY), true },
    { "admin", "資訊人員", "coordinator", DUTY(DUTY_ADMIN), true },
};

str demo_name(struct demo *d, struct arena *a)
{
    return str_join(a, demo_pick(&d->random, surnames, COUNT(surnames)),
                    demo_pick(&d->random, given_names, COUNT(given_names)));
}

/* A name that no colleague of the office has. */
static str new_name(struct demo *d, const struct demo_office *o)
{
    str name;
    bool taken;

    do {
        name = demo_name(d, d->arena);
        taken = false;
        for (size_t i = 0; i < o->staff_count; i++) {
            taken = taken || str_equal(o->staff[i].name, name);
        }
    } while (taken);
    return name;
}

static str title_of(const struct demo_office *o, enum level level, const char *otherwise)
{
    const struct office *office = office_get(o->catalog);
    str title = office == NULL ? STR("") : office->level_title[level].in[LANG_ZH];

    return str_is_empty(title) ? str_of(otherwise) : title;
}

static struct staff *staff_add(struct demo *d, struct demo_office *o, str sign_name,
                               str title, int64_t unit, duty_set duties)
{
    struct staff *s = &o->staff[o->staff_count];

    *s = (struct staff){
        .id = id_next(&d->ids, d->begin_ms),
        .agency = o->agency.id,
        .unit = unit,
        .sign_name = sign_name,
        .name = new_name(d, o),
        .title = title,
        .duties = duties,
        .telephone = str_format(d->arena, "%.*s #%d", STR_ARG(o->agency.telephone),
                                210 + (int)o->staff_count),
        .active = true,
    };
    o->staff_count++;
    return s;
}

static bool has_service(const struct demo_office *o, str unit)
{
    for (size_t i = 0; i < catalog_count(o->catalog, "service"); i++) {
        const struct service *s = catalog_at(o->catalog, "service", i);

        if (str_equal(s->unit, unit)) {
            return true;
        }
    }
    return false;
}

/* clerk, clerk2, clerk3 … */
static str numbered(struct demo *d, const char *word, int *number)
{
    (*number)++;
    return *number == 1 ? str_of(word) : str_format(d->arena, "%s%d", word, *number);
}

static void unit_people(struct demo *d, struct demo_office *o)
{
    int clerks = 0, chiefs = 0;

    for (size_t u = 0; u < o->units_count && o->staff_count + 4 < MOST_STAFF; u++) {
        int64_t unit = o->units[u].id;

        staff_add(d, o, numbered(d, "chief", &chiefs), title_of(o, LEVEL_UNIT_HEAD, "課長"),
                  unit, DUTY(DUTY_UNIT_HEAD));
        if (!has_service(o, o->units[u].key)) {
            continue;
        }
        staff_add(d, o, numbered(d, "clerk", &clerks), title_of(o, LEVEL_OFFICER, "課員"),
                  unit, DUTY(DUTY_OFFICER));
        staff_add(d, o, numbered(d, "clerk", &clerks), title_of(o, LEVEL_OFFICER, "課員"),
                  unit, DUTY(DUTY_OFFICER));
    }
}

static struct staff *by_sign_name(struct demo_office *o, str sign_name)
{
    for (size_t i = 0; i < o->staff_count; i++) {
        if (str_equal(o->staff[i].sign_name, sign_name)) {
            return &o->staff[i];
        }
    }
    return NULL;
}

/* Officers of a unit stand in for each other; a unit head's deputy is the next one. */
static void unit_deputies(struct demo_office *o)
{
    for (size_t i = 0; i < o->staff_count; i++) {
        struct staff *s = &o->staff[i];
        duty_set duty = s->duties;

        if (duty != DUTY(DUTY_OFFICER) && duty != DUTY(DUTY_UNIT_HEAD)) {
            continue;
        }
        for (size_t n = 1; n < o->staff_count && s->deputy == 0; n++) {
            const struct staff *other = &o->staff[(i + n) % o->staff_count];

            if (other->duties == duty &&
                (duty == DUTY(DUTY_UNIT_HEAD) || other->unit == s->unit)) {
                s->deputy = other->id;
            }
        }
    }
}

static void post_people(struct demo *d, struct demo_office *o)
{
    int64_t first = o->units[0].id, last = o->units[o->units_count - 1].id;

    for (size_t i = 0; i < COUNT(posts); i++) {
        const struct post *p = &posts[i];
        str title = str_of(p->title);

        if (p->duties == DUTY(DUTY_HEAD)) {
            title = title_of(o, LEVEL_HEAD, "主任");
        }
        if (p->duties == DUTY(DUTY_SECRETARY)) {
            title = title_of(o, LEVEL_SECRETARY, "秘書");
        }
        staff_add(d, o, str_of(p->sign_name), title, p->in_last_unit ? last : first,
                  p->duties);
    }
    for (size_t i = 0; i < COUNT(posts); i++) {
        struct staff *s = by_sign_name(o, str_of(posts[i].sign_name));
        const struct staff *deputy = by_sign_name(o, str_of(posts[i].deputy));

        s->deputy = deputy == NULL ? 0 : deputy->id;
    }
}

static str new_password(struct demo *d)
{
    str bytes = seal_random(d->arena, PASSWORD_SIGNS);
    str signs = crockford_text(d->arena, (const unsigned char *)bytes.at, bytes.len);

    signs = str_lower(d->arena, signs);
    return str_format(
        d->arena, "%.*s-%.*s-%.*s", STR_ARG(str_slice(signs, 0, PASSWORD_GROUP)),
        STR_ARG(str_slice(signs, PASSWORD_GROUP, PASSWORD_GROUP)),
        STR_ARG(str_slice(signs, (size_t)PASSWORD_GROUP * 2, PASSWORD_GROUP)));
}

static err rooms_make(struct demo *d, struct demo_office *o)
{
    o->staff = ARENA_ARRAY(d->arena, MOST_STAFF, struct staff);
    o->passwords = ARENA_ARRAY(d->arena, MOST_STAFF, str);
    return o->staff == NULL || o->passwords == NULL ? err_no_memory : NULL;
}

static err passwords_make(struct demo *d, struct demo_office *o)
{
    for (size_t i = 0; i < o->staff_count; i++) {
        o->passwords[i] = new_password(d);
    }
    return arena_failed(d->arena) ? err_no_memory : NULL;
}

err demo_people(struct demo *d, struct demo_office *o)
{
    TRY(rooms_make(d, o));
    unit_people(d, o);
    unit_deputies(o);
    post_people(d, o);
    return passwords_make(d, o);
}

err demo_people_city(struct demo *d, struct demo_office *o)
{
    const struct demo_random before = d->random; /* the names of others stay as they are */
    struct staff *coordinator, *admin;

    TRY(rooms_make(d, o));
    d->random.state = ~before.state * 5;
    coordinator = staff_add(d, o, STR("coordinator"), STR("值班專員"), o->units[0].id,
                            DUTY(DUTY_COORDINATOR));
    admin = staff_add(d, o, STR("admin"), STR("資訊人員"), o->units[0].id,
                      DUTY(DUTY_ADMIN));
    coordinator->deputy = admin->id;
    admin->deputy = coordinator->id;
    d->random = before;
    return passwords_make(d, o);
}

/* Hashing takes its time by intention: two threads share the work. */
struct hashing {
    struct demo_office *o;
    str *stored;
    size_t from;
    struct arena *arena; /* of this thread */
    err result;
};

static void *hash_some(void *context)
{
    struct hashing *h = context;

    for (size_t i = h->from; i < h->o->staff_count && h->result == NULL;
         i += HASH_THREADS) {
        h->result = password_hash(h->arena, h->o->passwords[i], &h->stored[i]);
    }
    return NULL;
}

static err hash_all(struct demo *d, struct demo_office *o, str *stored)
{
    struct hashing work[HASH_THREADS];
    pthread_t threads[HASH_THREADS];
    bool started[HASH_THREADS];
    err result = NULL;

    for (size_t i = 0; i < HASH_THREADS; i++) {
        work[i] =
            (struct hashing){ .o = o, .stored = stored, .from = i, .arena = arena_new(0) };
        started[i] = work[i].arena != NULL &&
                     pthread_create(&threads[i], NULL, hash_some, &work[i]) == 0;
    }
    for (size_t i = 0; i < HASH_THREADS; i++) {
        if (!started[i] || pthread_join(threads[i], NULL) != 0 || work[i].result != NULL) {
            result = err_no_memory;
        }
        for (size_t n = i; result == NULL && n < o->staff_count; n += HASH_THREADS) {
            stored[n] = str_copy(d->arena, stored[n]);
        }
        arena_free(work[i].arena);
    }
    return result;
}

struct people_put {
    struct demo *d;
    const struct demo_office *o;
    const str *stored;
};
static err run_people(void *context, struct arena *a, struct tx *tx)
{
    const struct people_put *p = context;
    int64_t at_ms = p->d->begin_ms;

    for (size_t i = 0; i < p->o->staff_count; i++) {
        const struct staff *s = &p->o->staff[i];

        TRY(staff_put(a, tx, NULL, at_ms, s, day_at(at_ms)));
        TRY(staff_set_password(a, tx, NULL, at_ms, s->agency, s->id, p->stored[i]));
    }
    return NULL;
}

err demo_people_put(struct demo *d, struct demo_office *o)
{
    struct people_put put = { .d = d, .o = o };
    str *stored = ARENA_ARRAY(d->arena, MOST_STAFF, str);

    if (stored == NULL) {
        return err_no_memory;
    }
    TRY(hash_all(d, o, stored));
    put.stored = stored;
    return store_commit(d->store, d->arena, o->agency.id, run_people, &put);
}

const struct staff *demo_staff(const struct demo_office *o, enum duty duty, int64_t unit)
{
    for (size_t i = 0; i < o->staff_count; i++) {
        if ((o->staff[i].duties & DUTY(duty)) != 0 &&
            (unit == 0 || o->staff[i].unit == unit)) {
            return &o->staff[i];
        }
    }
    return NULL;
}

const struct staff *demo_officer(struct demo *d, const struct demo_office *o, int64_t unit)
{
    const struct staff *found[MOST_STAFF];
    size_t count = 0;

    for (size_t i = 0; i < o->staff_count; i++) {
        if (o->staff[i].unit == unit && (o->staff[i].duties & DUTY(DUTY_OFFICER)) != 0) {
            found[count++] = &o->staff[i];
        }
    }
    return count == 0 ? NULL : found[demo_between(&d->random, 0, (int)count - 1)];
}

static void duties_line(struct buf *b, duty_set duties)
{
    bool first = true;

    for (int i = 0; i < DUTY_COUNT; i++) {
        if ((duties & DUTY(i)) != 0) {
            buf_put_z(b, first ? "" : ",");
            buf_put(b, duty_key[i]);
            first = false;
        }
    }
}

static void passwords_put(struct buf *b, const struct demo_office *o)
{
    for (size_t i = 0; i < o->staff_count; i++) {
        buf_format(b, "%.*s@%.*s\t%.*s\t", STR_ARG(o->staff[i].sign_name), STR_ARG(o->key),
                   STR_ARG(o->passwords[i]));
        duties_line(b, o->staff[i].duties);
        buf_put_char(b, '\n');
    }
}

err demo_passwords_write(struct demo *d)
{
    struct buf b;

    buf_init(&b, d->arena, FILE_BYTES);
    for (size_t n = 0; n < DEMO_OFFICES; n++) {
        passwords_put(&b, &d->offices[n]);
    }
    passwords_put(&b, &d->city);
    return demo_file(d->arena, d->wish->passwords, buf_str(&b));
}
