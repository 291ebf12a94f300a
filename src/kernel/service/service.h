/* service — what the office offers, as defined: page, form, papers, fee, limit, flow.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_SERVICE_H
#define BIANMIN_KERNEL_SERVICE_H

#include "base/day.h"
#include "base/err.h"
#include "base/words.h"
#include "kernel/clock/clock.h"
#include "kernel/flow/flow.h"
#include "kernel/form/form.h"
#include "kernel/pack/pack.h"
#include "kernel/party/party.h"
#include "kernel/service/usual.h"

enum limit_unit {
    LIMIT_WORKING, LIMIT_CALENDAR, LIMIT_HOUR, LIMIT_MONTH, LIMIT_AT_ONCE, LIMIT_NONE
};
extern const str limit_unit_key[6]; /* working calendar hour month at_once none */
struct limit {
    int value;
    enum limit_unit unit;
};
enum service_depth { DEPTH_FULL, DEPTH_SHORT, DEPTH_COUNT_ONLY, DEPTH_ELSEWHERE };

/* Ways to apply. WAY_NONE: not said. */
enum service_way {
    WAY_ONLINE, WAY_COUNTER, WAY_POST, WAY_TELEPHONE, WAY_HOME, WAY_LIST, WAY_CROSS_OFFICE,
    SERVICE_WAYS, WAY_NONE = SERVICE_WAYS
};
extern const str service_way_key[SERVICE_WAYS]; /* "online" … "cross_office" */

/* Whom it is made for, besides everybody: found together by them. */
enum service_audience {
    FOR_ELDERS, FOR_DISABLED, FOR_FAMILIES, FOR_IN_NEED, FOR_NEWCOMERS, FOR_DRAFTEES,
    FOR_GROUPS, SERVICE_AUDIENCES
};
extern const str service_audience_key[SERVICE_AUDIENCES]; /* elders disabled families … */
extern const char *const service_audience_name[SERVICE_AUDIENCES]; /* MSG ids */

/* One of several limits: the first that fits counts, else the limit of the service. */
struct service_limit {
    enum service_way way; /* WAY_NONE: any */
    str when;             /* rule; "" always */
    struct limit limit;
    struct label name;    /* "more than five parcels"; empty: the way says it */
    int line, column;
};
/* 兩階段: first the office, then another authority. Their terms run one after the other. */
struct service_stage {
    struct label name, by; /* by: who decides in it; empty: this office */
    struct limit limit;
};
/* What the term is counted from. */
enum counted_from { FROM_RECEIPT, FROM_COMPLETE, FROM_POSTMARK, FROM_EVENT };
extern const str counted_from_key[4]; /* receipt complete postmark event */
/* Why a clock may stand still. */
enum pause_ground { PAUSE_SUPPLY, PAUSE_OTHER_AGENCY, PAUSE_DISASTER, PAUSE_GROUNDS };
extern const str pause_ground_key[PAUSE_GROUNDS]; /* supply other_agency disaster */

/* §48 V: the term is a burden on the applicant. */
enum service_adverse { ADVERSE_NO, ADVERSE_YES, ADVERSE_LATER_IS_KINDER };
extern const str service_adverse_key[3]; /* no yes later_is_kinder */

/* 管制期限: inside the office; never shown as the law's. */
struct service_control {
    bool set;
    struct limit limit;
    int extend_times;        /* how often it may be prolonged */
    enum level extend_level; /* who allows it */
};
struct service_extend {      /* of the published limit (行政程序法 §51 III) */
    int times;               /* 0: not; once unless a law says otherwise */
    struct label law;
};

/* Can it be applied for? */
enum service_state { SERVICE_OPEN, SERVICE_PAUSED, SERVICE_SEASONAL, SERVICE_CLOSED };
extern const str service_state_key[4]; /* open paused seasonal closed */
struct month_date {
    int month, date;
};
struct service_status {
    enum service_state state;
    day since, until; /* paused, closed: from when, expected until; DAY_NONE */
    struct month_date opens,
        closes; /* seasonal: first and last day of each year's season */
    struct label note;
};

/* Asked before the form, not kept: who says no is told why, and where else to turn. */
struct service_eligible {
    str key;
    struct label ask, help, otherwise, turn; /* turn: where else; may be empty */
    str turn_url;
};

/* 應備證件: what to bring. */
struct service_paper {
    str key;             /* "paper_1" unless said */
    struct label name, note, where; /* where: where to get it */
    bool original;
    int copies;
    bool looked_up;      /* the office looks it up itself: not needed */
    str lookup;          /* key of the register asked; "" by hand */
    const str *lookup_by; /* the questions that together name what is asked about */
    size_t lookup_by_count; /* 0: any answer that fits */
    str lookup_rows;     /* the same keys are columns of this rows-question; "" none */
    str when;            /* rule; "" always */
    int line, column;
};
struct service_waiver {
    str key;
    struct label what, proof; /* proof: what shows it */
    str when;                 /* rule; "" only a clerk may grant it */
    struct label law;
    int percent;              /* how much is waived: 100 */
    int line, column;
};
struct service_fee {
    str key;             /* "fee_1" unless said */
    struct label what;
    int64_t dollars;
    str when;            /* rule; "" always */
    str times;           /* number; "" once */
    bool counted;        /* only the clerk can say how many */
    struct label law;
    day from, until;     /* valid on these days and between; DAY_NONE: open */
    day review_by;       /* 規費法 §11: every three years */
    const struct service_waiver *waivers;
    size_t waivers_count;
    int line, column;
};
struct service_fine {    /* 罰鍰 */
    str key;
    struct label what, law;
    int64_t least, most; /* dollars */
};
/* Papers that go out. */
enum letter_kind { LETTER_CERTIFICATE, LETTER_LETTER, LETTER_DECISION, LETTER_NOTICE };
extern const str letter_kind_key[4];
enum letter_when { LETTER_GRANTED, LETTER_REFUSED, LETTER_ALWAYS };
extern const str letter_when_key[3];
enum letter_seal { SEAL_OFFICE, SEAL_SIGNATURE, SEAL_STRIP }; /* 機關印信 職名簽字章 條戳 */
extern const str letter_seal_key[3];
struct service_letter {
    str key;
    enum letter_kind kind;
    struct label name;
    enum letter_when when;
    enum letter_seal seal;
    str template, series; /* keys; "": the plain one, number by the document system */
    int valid_months;     /* 0: without end */
    const str *fields;    /* keys of questions */
    size_t fields_count;
    int line, column;
};
/* A step of the standard procedure, for SOP and flowchart. */
struct procedure_way_on {
    str to;              /* key of a step */
    struct label when;   /* "complete", "not complete"; empty when there is one way on */
};
struct procedure_step {
    str key;
    struct label name, who, text;
    unsigned ways;       /* bits 1 << way; 0: all */
    struct limit limit;  /* LIMIT_NONE: not said */
    const struct procedure_way_on *next; /* none: the end */
    size_t next_count;
    int line, column;
};
enum flow_assign { ASSIGN_HAND, ASSIGN_LEAST_LOADED, ASSIGN_VILLAGE, ASSIGN_ROSTER };
extern const str flow_assign_key[4]; /* hand least_loaded village roster */
struct service_flow {
    enum flow_assign assign;
    str village;         /* by village: which question says it; "" the first address */
    const str *consult;  /* keys of units, asked each time */
    size_t consult_count;
    bool four_eyes;      /* who proposed may not decide */
    int sample;          /* percent drawn for review; 0: none */
    int line, column;
    bool paid_before_issue; /* issued or handed over only when all is paid */
};
/* A way of applying that lies in another system. */
struct service_elsewhere {
    struct label system, ready; /* its name; what to have ready */
    str url;
};
struct service_text {
    struct label title, body; /* body: Markdown without HTML */
};
enum service_result { RESULT_ISSUED, RESULT_COLLECTED }; /* sent out, or picked up */

#define SERVICE_HANDLERS 4
struct service {
    str key;
    int version;
    struct label name, summary;
    const struct label *words;   /* what people call it: found by search, not shown */
    size_t words_count;
    str unit;                    /* unit key */
    str telephone;
    const str *handlers;         /* 承辦人: names they sign in with; none: as it is assigned */
    size_t handlers_count;
    struct label who;            /* who may apply */
    unsigned audience;           /* bits 1 << service_audience; 0: everybody */
    struct label agent;          /* how an agent may; empty: not */
    struct label law;
    str law_url;
    const struct label
        *law_articles; /* 都市計畫法 6: what its texts are tied to; zh may stand alone */
    size_t law_articles_count;
    struct service_status status;
    const struct service_eligible *eligible;
    size_t eligible_count;
    const struct service_paper *papers;
    size_t papers_count;
    const struct service_paper *agent_papers; /* what an agent brings besides */
    size_t agent_papers_count;
    const struct service_fee *fees;
    size_t fees_count;
    const struct service_fine *fines;
    size_t fines_count;
    struct limit limit;          /* the published one, of the statutory clock */
    bool limit_by_law;           /* none was said: two months by 行政程序法 §51 II */
    const struct service_limit *limits;
    size_t limits_count;
    const struct service_stage *stages;
    size_t stages_count;
    enum counted_from counted_from;
    str event;                   /* FROM_EVENT: key of a date question */
    enum service_adverse adverse;
    struct service_control control;
    enum clock_speed speed;      /* 處理速別: the control limit where `control` is not said */
    struct usual_terms terms;    /* where it differs from the office's: usual_terms_of */
    struct service_extend extend;
    unsigned pause;              /* bits 1 << pause_ground */
    unsigned ways;               /* bits 1 << way */
    bool online, counter, post;  /* three of them */
    struct service_elsewhere elsewhere;
    str elsewhere_url;           /* the same address */
    enum service_depth depth;
    str matter;                  /* line of the authority table that decides */
    enum service_result result;
    struct label result_name;    /* the paper that is issued */
    struct service_flow flow;
    const struct procedure_step *procedure;
    size_t procedure_count;
    const struct service_letter *letters;
    size_t letters_count;
    const struct service_text *texts; /* guidance sections */
    size_t texts_count;
    struct label purpose;        /* PDPA §8: what the personal data are for */
    int keep_years;
    struct label group;          /* how the list is grouped */
    day updated;
    bool confirmed;              /* false: fee or limit nobody has confirmed (待確認) */
    struct form form;
    int unit_line, matter_line;  /* where they stand in the file */
};
extern const struct pack_kind service_kind;   /* "service" */
struct calendar;
const struct service *service_get(const struct catalog *c, str key);
const struct service *service_get_version(const struct catalog *c, str key, int version);
/* That version, else the one of today; NULL when there is none. */
const struct service *service_get_near(const struct catalog *c, str key, int version);
/* May somebody apply for another (代理)? */
bool service_takes_agent(const struct service *s);
/* Due date of a matter received today by the published limit; DAY_NONE where there is no
 * term. */
day service_due(const struct calendar *cal, const struct service *s, day received);

/* One matter, as the rules of its definition see it. */
struct service_matter {
    const struct service *service;
    const struct answers *answers; /* NULL: nothing is known */
    enum service_way way;
    day today;
};
/* Which of several limits holds: the first that fits; NULL: the published one. */
MUST_CHECK err service_limit_of(struct arena *a, const struct service_matter *m,
                                const struct service_limit **ret);
/* The statutory clock of this matter, and whether it has a control clock. */
MUST_CHECK err service_clock(struct arena *a, const struct service_matter *m,
                             struct clock_rule *ret);
bool service_control_clock(const struct catalog *c, const struct service *s,
                           struct clock_rule *ret);
/* The day that the term is counted from: receipt, or the event's date in the answers
 * (`received` where that is not answered). Complete and postmark are the caller's to
 * say. */
day service_counted_from(struct arena *a, const struct service_matter *m, day received);
/* Does this paper have to be brought for this matter? Looked up ones do not. */
MUST_CHECK err service_paper_needed(struct arena *a, const struct service_matter *m,
                                    const struct service_paper *p, bool *ret_needed);

/* What it costs. Lines in the order of the definition, without those that are not due and
 * those that a clerk has to count. */
struct service_fee_line {
    const struct service_fee *fee;
    int64_t times;
    int64_t dollars; /* to be paid: after the waiver */
    int64_t waived;
    const struct service_waiver *waiver; /* NULL: none */
};
struct service_fee_total {
    const struct service_fee_line *lines;
    size_t lines_count;
    int64_t dollars, waived;
};
/* Valid on this day; what is not is neither asked for nor printed. */
bool service_fee_in_force(const struct service_fee *f, day on);
/* `granted`: keys of waivers that a clerk has granted, seeing the proof. */
MUST_CHECK err service_fee_total(struct arena *a, const struct service_matter *m,
                                 const str *granted, size_t granted_count,
                                 struct service_fee_total *ret);

/* How it stands today: can it be applied for? */
struct service_standing {
    enum service_state state; /* SERVICE_OPEN: it can */
    day since, until;         /* paused, closed; DAY_NONE: not said */
    day opens_on;             /* seasonal: first day of the next season */
};
struct service_standing service_stands(const struct service *s, day today);
/* "Paused since 1 November 2026" · "Opens again on 1 October 2027" · "Closed"; no words
 * when open. */
struct words service_standing_words(const struct service_standing *t);
/* What office, authority table and service make of a matter that is decided at this level:
 * its path through the levels, its seals (核章) as designed (kernel/flow). */
struct flow_plan service_plan(const struct catalog *catalog, const struct service *s,
                              enum level level);
struct authority_line;
/* The same by a line of a table of another time; NULL: the matter was not in it. */
struct flow_plan service_plan_by(const struct catalog *catalog, const struct service *s,
                                 const struct authority_line *line);
/* Services found for what a person typed; all when empty. Best first. */
MUST_CHECK err service_search(struct arena *a, const struct catalog *c, str typed,
                              enum lang lang, const struct service ***ret,
                              size_t *ret_count);
/* {"answers":{…},"contact":{…}} accepted as it stands on `today`. */
str service_example(struct arena *a, const struct service *s, day today);

/* One phrase each: "Online or at the counter" · "3 working days" · "NT$100". */
struct words service_ways_words(const struct service *s);
struct words service_limit_words(const struct limit *l);
/* The same of the whole service: stages are added up. */
struct words service_term_words(const struct service *s);
const char *service_way_text(enum service_way way); /* "Online" …: a message id */
struct words service_fee_words(const struct service *s);

#endif
