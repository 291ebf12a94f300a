/* party — the office and its people: agencies, units, staff, duties, who decides what.
 *
 * An agency is a tenant; the city itself is agency 1, key `city`. Staff have duties
 * (several a person, with dates) and a deputy (職務代理人). Which level decides a matter stands
 * in the delegation-of-authority table (分層負責明細表) of the office, a definition that
 * kernel/office reads.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_PARTY_H
#define BIANMIN_KERNEL_PARTY_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"
#include "base/words.h"

struct snap;
struct tx;
struct query_list;
extern const struct query_list party_queries;

#define AGENCY_CITY INT64_C(1)

enum duty {
    DUTY_OFFICER,
    DUTY_UNIT_HEAD,
    DUTY_SECRETARY,
    DUTY_HEAD,
    DUTY_COORDINATOR,
    DUTY_DISPATCHER,
    DUTY_CASHIER,
    DUTY_ACCOUNTANT,
    DUTY_PERSONNEL,
    DUTY_ETHICS,
    DUTY_SEAL_KEEPER,
    DUTY_ARCHIVIST,
    DUTY_SWITCHBOARD,
    DUTY_VILLAGE,
    DUTY_VOLUNTEER,
    DUTY_AUDITOR,
    DUTY_ADMIN,
    DUTY_STUDY, /* member of the law study group (法令研討小組) */
    DUTY_COUNT
};
typedef uint32_t duty_set;
#define DUTY(d) ((duty_set)1 << (d))

/* "officer" "unit_head" …; as in YAML and on the command line. */
extern const str duty_key[DUTY_COUNT];
bool duty_from_key(str key, enum duty *ret);
/* MSG ids of their names: lang_text(lang, duty_name[d]). */
extern const char *const duty_name[DUTY_COUNT];

/* The level that decides: the officer himself, unit head, secretary-general, head. */
enum level { LEVEL_OFFICER, LEVEL_UNIT_HEAD, LEVEL_SECRETARY, LEVEL_HEAD, LEVEL_COUNT };
extern const str level_key[LEVEL_COUNT];
bool level_from_key(str key, enum level *ret);
extern const char *const level_name[LEVEL_COUNT];
enum duty level_duty(enum level l);

struct agency {
    int64_t id;
    str key; /* in addresses */
    struct label name, short_name, city;
    struct label address, hours;
    str telephone, email, map_url;
    str case_prefix; /* two letters in case numbers */
};
struct unit {
    int64_t id;
    str key;
    struct label name;
    str telephone;
};
struct staff {
    int64_t id, agency, unit, deputy; /* deputy 0: none */
    str sign_name;                    /* clerk@district without the office */
    str name, title;                  /* shown on pages: 林文華, 課員 */
    str telephone;
    duty_set duties;                  /* in force today */
    bool active;
};

/* A colleague who is away today, seen by his deputy (職務代理人). */
struct stand_in {
    int64_t staff, unit;
    duty_set duties;
    str name;
};
/* Who acts in a request, a job or a command. staff 0: nobody who is signed in (the owner of
 * a case, the program). */
struct actor {
    int64_t agency, staff, unit;
    duty_set duties;
    str name;
    /* Colleagues whose deputy this person is and who are away today. */
    const struct stand_in *stands_for;
    size_t stands_for_count;
};
static inline bool actor_has(const struct actor *who, enum duty d)
{
    return (who->duties & DUTY(d)) != 0;
}

/* His duties and, as deputy, those of colleagues who are away; never their
 * administration. */
duty_set actor_serves(const struct actor *who);

/* Reading. The loads of agencies give all of them, in order of id. */
MUST_CHECK err agency_list(struct arena *a, struct snap *snap, struct agency **ret,
                           size_t *ret_count);
MUST_CHECK err agency_by_key(struct arena *a, struct snap *snap, str key,
                             struct agency *ret);
MUST_CHECK err unit_list(struct arena *a, struct snap *snap, int64_t agency,
                         struct unit **ret, size_t *ret_count);
MUST_CHECK err staff_list(struct arena *a, struct snap *snap, int64_t agency, day today,
                          struct staff **ret, size_t *ret_count);
MUST_CHECK err staff_by_id(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                           day today, struct staff *ret);
MUST_CHECK err staff_by_sign_name(struct arena *a, struct snap *snap, int64_t agency,
                                  str sign_name, day today, struct staff *ret);
MUST_CHECK err actor_load(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                          day today, struct actor *ret);

/* Writing (commit). Each leaves an event. The *_put make a new row or change the one with
 * that id; a key or sign-in name that another has gives ERR_CONFLICT. */
MUST_CHECK err agency_put(struct arena *a, struct tx *tx, const struct actor *who,
                          int64_t now_ms, const struct agency *agency);
MUST_CHECK err unit_put(struct arena *a, struct tx *tx, const struct actor *who,
                        int64_t now_ms, int64_t agency, const struct unit *unit);
/* The duties are in force from `since`; those that are not in the set end the day
 * before. */
MUST_CHECK err staff_put(struct arena *a, struct tx *tx, const struct actor *who,
                         int64_t now_ms, const struct staff *staff, day since);
/* Away from a day to a day, both included: the deputy stands in. An absence that begins on
 * the same day is replaced; `to` before `from` takes it back. */
MUST_CHECK err staff_away(struct arena *a, struct tx *tx, const struct actor *who,
                          int64_t now_ms, int64_t agency, int64_t staff, day from, day to);
/* leave_store.c. Who is away in some days of an office, ascending by the first day. */
extern const struct query_list party_leave_queries;
struct absence {
    int64_t staff;
    day from, to; /* both included */
};
MUST_CHECK err absence_list(struct arena *a, struct snap *snap, int64_t agency, day from,
                            day to, struct absence **ret, size_t *ret_count);
/* Commit. staff_away for one who is not away in these days yet. Fails: ERR_CONFLICT. */
MUST_CHECK err absence_enter(struct arena *a, struct tx *tx, const struct actor *who,
                             int64_t now_ms, int64_t agency, const struct absence *x);
/* Commit. One that has not begun is taken back; one that runs ends yesterday: who stood in
 * until then did so rightly. Fails: ERR_MISSING (there is none from this day, or it is
 * over). */
MUST_CHECK err absence_end(struct arena *a, struct tx *tx, const struct actor *who,
                           int64_t now_ms, int64_t agency, int64_t staff, day from,
                           day today);
MUST_CHECK err staff_set_password(struct arena *a, struct tx *tx, const struct actor *who,
                                  int64_t now_ms, int64_t agency, int64_t staff,
                                  str stored);
MUST_CHECK err staff_password(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t staff, str *ret_stored);
/* The last three that were set, newest first: a new one must match none of them. */
#define PASSWORDS_REMEMBERED 3
MUST_CHECK err staff_passwords(struct arena *a, struct snap *snap, int64_t agency,
                               int64_t staff, str **ret_stored, size_t *ret_count);

#endif
