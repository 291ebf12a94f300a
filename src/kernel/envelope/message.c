/* message — words of an envelope as JSON, and back.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/envelope/message.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"

#define FORMAT "bianmin-envelope-1"
#define UID_KEY_BYTES 8
#define KEY_BYTES 32
#define NAME_SIGNS 60

const str envelope_kind_key[ENVELOPE_KINDS] = {
    [ENVELOPE_TRANSFER] = STR_INIT("transfer"),
    [ENVELOPE_REFERRAL] = STR_INIT("referral"),
    [ENVELOPE_INTAKE] = STR_INIT("intake"),
    [ENVELOPE_QUERY] = STR_INIT("query"),
};
const char *const envelope_kind_name[ENVELOPE_KINDS] = {
    [ENVELOPE_TRANSFER] = MSG("Passed on, you are competent"),
    [ENVELOPE_REFERRAL] = MSG("Referral"),
    [ENVELOPE_INTAKE] = MSG("Taken in for you"),
    [ENVELOPE_QUERY] = MSG("Query about persons"),
};
const str envelope_step_key[ENVELOPE_STEPS] = {
    [ENVELOPE_SENT] = STR_INIT("sent"),
    [ENVELOPE_RECEIVED] = STR_INIT("received"),
    [ENVELOPE_REFUSED] = STR_INIT("refused"),
    [ENVELOPE_ANSWERED] = STR_INIT("answered"),
};
const char *const envelope_step_name[ENVELOPE_STEPS] = {
    [ENVELOPE_SENT] = MSG("Envelope sent"),
    [ENVELOPE_RECEIVED] = MSG("Envelope received"),
    [ENVELOPE_REFUSED] = MSG("Envelope refused"),
    [ENVELOPE_ANSWERED] = MSG("Envelope answered"),
};
const str envelope_result_key[RESULTS] = {
    [RESULT_OPEN] = STR_INIT(""),
    [RESULT_FOUND] = STR_INIT("found"),
    [RESULT_NOTHING] = STR_INIT("nothing"),
    [RESULT_UNKNOWN] = STR_INIT("unknown"),
};
const char *const envelope_result_name[RESULTS] = {
    [RESULT_OPEN] = MSG("Not answered yet"),
    [RESULT_FOUND] = MSG("On record"),
    [RESULT_NOTHING] = MSG("Nothing on record"),
    [RESULT_UNKNOWN] = MSG("Cannot be said"),
};

static int place_of(const str *keys, int count, str key)
{
    int i = 0;

    while (i < count && !str_equal(keys[i], key)) {
        i++;
    }
    return i;
}

bool envelope_kind_from_key(str key, enum envelope_kind *ret)
{
    int i = place_of(envelope_kind_key, ENVELOPE_KINDS, key);

    if (i < ENVELOPE_KINDS) {
        *ret = (enum envelope_kind)i;
    }
    return i < ENVELOPE_KINDS;
}

bool envelope_step_from_key(str key, enum envelope_step *ret)
{
    int i = place_of(envelope_step_key, ENVELOPE_STEPS, key);

    if (i < ENVELOPE_STEPS) {
        *ret = (enum envelope_step)i;
    }
    return i < ENVELOPE_STEPS;
}

bool envelope_result_from_key(str key, enum envelope_result *ret)
{
    int i = place_of(envelope_result_key, RESULTS, key);

    if (i < RESULTS) {
        *ret = (enum envelope_result)i;
    }
    return i < RESULTS;
}

str envelope_uid(struct arena *a, str public_key, int64_t id)
{
    return str_format(a, "%.*s-%.*s",
                      STR_ARG(str_hex(a, str_slice(public_key, 0, UID_KEY_BYTES))),
                      STR_ARG(id_text(a, id)));
}

/* ---- writing ---- */

static void label_put(struct json_writer *j, const struct label *name)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        json_put_text(j, lang_key[lang], name->in[lang]);
    }
}

str envelope_name_json(struct arena *a, const struct label *name)
{
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, 4096);
    json_open(&j, &b);
    json_object(&j, STR(""));
    label_put(&j, name);
    json_end_object(&j);
    return buf_str(&b);
}

static void party_put(struct arena *a, struct json_writer *j, const char *name,
                      const struct envelope_party *p)
{
    json_object(j, str_of(name));
    json_put_text(j, STR("key"), p->key);
    json_put_text(j, STR("public"), str_hex(a, p->public_key));
    json_object(j, STR("name"));
    label_put(j, &p->name);
    json_end_object(j);
    json_end_object(j);
}

static void text_put(struct json_writer *j, const char *name, str text)
{
    if (text.len > 0) {
        json_put_text(j, str_of(name), text);
    }
}

static void person_put(struct json_writer *j, const struct envelope_person *p)
{
    json_object(j, STR(""));
    json_put_int(j, STR("number"), p->number);
    text_put(j, "name", p->name);
    text_put(j, "national_id", p->national_id);
    text_put(j, "born", p->born);
    text_put(j, "note", p->note);
    if (p->result != RESULT_OPEN) {
        json_put_text(j, STR("result"), envelope_result_key[p->result]);
    }
    text_put(j, "answer", p->answer);
    json_end_object(j);
}

static void content_put(struct arena *a, struct json_writer *j,
                        const struct envelope_message *m)
{
    text_put(j, "subject", m->subject);
    text_put(j, "text", m->text);
    text_put(j, "purpose", m->purpose);
    text_put(j, "law", m->law);
    text_put(j, "case", m->case_number);
    text_put(j, "service", m->service);
    if (m->reply_by != DAY_NONE) {
        json_put_text(j, STR("reply_by"), day_iso(a, m->reply_by));
    }
    if (m->health) {
        json_object(j, STR("health"));
        text_put(j, "who", m->consent.who);
        text_put(j, "on", day_iso(a, m->consent.on));
        text_put(j, "paper", m->consent.paper);
        json_end_object(j);
    }
    json_list(j, STR("fields"));
    for (size_t i = 0; i < m->fields_count; i++) {
        json_object(j, STR(""));
        json_put_text(j, STR("label"), m->fields[i].label);
        json_put_text(j, STR("text"), m->fields[i].text);
        text_put(j, "key", m->fields[i].key);
        text_put(j, "value", m->fields[i].value);
        json_end_object(j);
    }
    json_end_list(j);
    json_list(j, STR("persons"));
    for (size_t i = 0; i < m->persons_count; i++) {
        person_put(j, &m->persons[i]);
    }
    json_end_list(j);
}

err message_write(struct arena *a, const struct envelope_message *m, str *ret)
{
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, ENVELOPE_FILE_MOST / 4);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("format"), STR(FORMAT));
    json_put_text(&j, STR("uid"), m->uid);
    json_put_text(&j, STR("step"), envelope_step_key[m->step]);
    json_put_text(&j, STR("kind"), envelope_kind_key[m->kind]);
    party_put(a, &j, "from", &m->from);
    party_put(a, &j, "to", &m->to);
    json_put_int(&j, STR("at"), m->at_ms);
    content_put(a, &j, m);
    json_end_object(&j);
    *ret = buf_str(&b);
    if (buf_failed(&b)) {
        FAIL(a, ERR_INPUT, SAY("This is too much for one envelope. Send it in parts."),
             STR("text"), "more than %zu bytes", ENVELOPE_FILE_MOST / 4);
    }
    return NULL;
}

/* ---- reading ---- */

static err not_ours(struct arena *a, const char *why)
{
    FAIL(a, ERR_INPUT, SAY("This is no envelope of ours, or it is not whole. Ask the other "
                           "agency for the file once more."),
         STR("file"), "%s", why);
}

/* Kept only as far as an agency would write it. */
static str short_text(const struct json *j, const char *key, size_t signs, bool *fits)
{
    str s = json_text_of(j, str_of(key));

    *fits = *fits && str_points(s) <= signs && (s.len == 0 || str_is_text(s));
    return s;
}

static struct label label_of(const struct json *j, bool *fits)
{
    struct label l;

    for (int lang = 0; lang < LANG_COUNT; lang++) {
        l.in[lang] = json_text_of(j, lang_key[lang]);
        *fits = *fits && str_points(l.in[lang]) <= ENVELOPE_LINE_SIGNS;
    }
    return l;
}

static struct envelope_party party_of(struct arena *a, const struct json *j, bool *fits)
{
    struct envelope_party p = { .key = short_text(j, "key", 40, fits) };

    *fits = *fits && j != NULL && p.key.len > 0 &&
            str_unhex(a, json_text_of(j, STR("public")), &p.public_key) &&
            p.public_key.len == KEY_BYTES;
    p.name = label_of(j == NULL ? NULL : json_get(j, STR("name")), fits);
    return p;
}

struct label envelope_name_read(struct arena *a, str json)
{
    const struct json *j;
    bool fits = true;

    return json_parse(a, json, &j) == NULL ? label_of(j, &fits) : (struct label){ 0 };
}

static err fields_of(struct arena *a, const struct json *list, struct envelope_message *m)
{
    struct envelope_field *fields;
    bool fits = true;
    size_t n = 0;

    if (list == NULL || list->kind != JSON_LIST || list->count > ENVELOPE_FIELDS_MOST) {
        return not_ours(a, "fields");
    }
    fields = ARENA_ARRAY(a, list->count + 1, struct envelope_field);
    if (fields == NULL) {
        return err_no_memory;
    }
    for (const struct json *j = list->first; j != NULL; j = j->next, n++) {
        fields[n].label = short_text(j, "label", ENVELOPE_LINE_SIGNS, &fits);
        fields[n].text = short_text(j, "text", ENVELOPE_TEXT_SIGNS, &fits);
        fields[n].key = short_text(j, "key", 60, &fits);
        fields[n].value = short_text(j, "value", ENVELOPE_VALUE_SIGNS, &fits);
    }
    m->fields = fields;
    m->fields_count = n;
    return fits ? NULL : not_ours(a, "a field");
}

static struct envelope_person person_of(const struct json *j, bool *fits)
{
    struct envelope_person p = {
        .number = (int)json_int_of(j, STR("number"), 0),
        .name = short_text(j, "name", NAME_SIGNS, fits),
        .national_id = short_text(j, "national_id", 20, fits),
        .born = short_text(j, "born", 40, fits),
        .note = short_text(j, "note", ENVELOPE_LINE_SIGNS, fits),
        .answer = short_text(j, "answer", ENVELOPE_LINE_SIGNS, fits),
    };

    *fits = *fits && json_int_of(j, STR("number"), 0) == p.number &&
            envelope_result_from_key(json_text_of(j, STR("result")), &p.result);
    return p;
}

/* Numbered from 1, one after the other. */
static err persons_of(struct arena *a, const struct json *list, struct envelope_message *m)
{
    bool fits = true;
    size_t n = 0;

    if (list == NULL || list->kind != JSON_LIST || list->count > ENVELOPE_PERSONS_MOST) {
        return not_ours(a, "persons");
    }
    m->persons = ARENA_ARRAY(a, list->count + 1, struct envelope_person);
    if (m->persons == NULL) {
        return err_no_memory;
    }
    for (const struct json *j = list->first; j != NULL; j = j->next, n++) {
        m->persons[n] = person_of(j, &fits);
        fits = fits && m->persons[n].number == (int)n + 1;
    }
    m->persons_count = n;
    return fits ? NULL : not_ours(a, "a person");
}

static bool uid_is_right(str uid, str public_key, struct arena *a)
{
    int64_t id;
    str key = str_hex(a, str_slice(public_key, 0, UID_KEY_BYTES));

    return uid.len == key.len + 1 + ID_TEXT_LEN && str_starts(uid, key) &&
           uid.at[key.len] == '-' && id_parse(str_slice(uid, key.len + 1, uid.len), &id);
}

/* Data about health come with a consent, whole, or not at all. */
static bool consent_of(const struct json *health, struct envelope_message *m)
{
    bool fits = true;

    m->health = health != NULL;
    if (!m->health) {
        return true;
    }
    m->consent.who = short_text(health, "who", NAME_SIGNS, &fits);
    m->consent.paper = short_text(health, "paper", ENVELOPE_LINE_SIGNS, &fits);
    return fits && health->kind == JSON_OBJECT && m->consent.who.len > 0 &&
           m->consent.paper.len > 0 &&
           day_from_iso(json_text_of(health, STR("on")), &m->consent.on);
}

static err content_of(struct arena *a, const struct json *j, struct envelope_message *m)
{
    bool fits = true;
    str reply = json_text_of(j, STR("reply_by"));

    m->subject = short_text(j, "subject", ENVELOPE_LINE_SIGNS, &fits);
    m->text = short_text(j, "text", ENVELOPE_TEXT_SIGNS, &fits);
    m->purpose = short_text(j, "purpose", ENVELOPE_LINE_SIGNS, &fits);
    m->law = short_text(j, "law", ENVELOPE_LINE_SIGNS, &fits);
    m->case_number = short_text(j, "case", 40, &fits);
    m->service = short_text(j, "service", 60, &fits);
    m->reply_by = DAY_NONE;
    if (reply.len > 0 && !day_from_iso(reply, &m->reply_by)) {
        fits = false;
    }
    if (!fits || !consent_of(json_get(j, STR("health")), m)) {
        return not_ours(a, "a text");
    }
    TRY(fields_of(a, json_get(j, STR("fields")), m));
    return persons_of(a, json_get(j, STR("persons")), m);
}

err message_read(struct arena *a, str body, struct envelope_message *ret)
{
    struct envelope_message m = { .reply_by = DAY_NONE };
    const struct json *j;
    bool fits = true;

    if (body.len > ENVELOPE_FILE_MOST || json_parse(a, body, &j) != NULL ||
        j->kind != JSON_OBJECT || !str_equal(json_text_of(j, STR("format")), STR(FORMAT)) ||
        !envelope_step_from_key(json_text_of(j, STR("step")), &m.step) ||
        !envelope_kind_from_key(json_text_of(j, STR("kind")), &m.kind)) {
        return not_ours(a, "no message");
    }
    m.uid = short_text(j, "uid", 40, &fits);
    m.from = party_of(a, json_get(j, STR("from")), &fits);
    m.to = party_of(a, json_get(j, STR("to")), &fits);
    m.at_ms = json_int_of(j, STR("at"), 0);
    fits = fits && m.at_ms > 0 &&
           uid_is_right(m.uid,
                        m.step == ENVELOPE_SENT ? m.from.public_key : m.to.public_key, a);
    if (!fits) {
        return not_ours(a, "head");
    }
    TRY(content_of(a, j, &m));
    *ret = m;
    return arena_failed(a) ? err_no_memory : NULL;
}

/* ---- what must be said ---- */

static void most_check(struct mistakes *m, const char *field, str text, size_t signs)
{
    if (str_points(text) > signs) {
        mistake_add(m, str_of(field), SAY("At most {max} characters, please.",
                                          SAY_NUMBER("max", (int64_t)signs)));
    }
}

static void consent_check(const struct envelope_message *m, day today, struct mistakes *x)
{
    if (str_is_empty(m->consent.who)) {
        mistake_add(x, STR("consent_who"),
                    SAY("Write who has consented that data about health go there."));
    }
    if (m->consent.on == DAY_NONE || m->consent.on > today) {
        mistake_add(x, STR("consent_on"),
                    SAY("Write the day of the consent; it is not after today."));
    }
    if (str_is_empty(m->consent.paper)) {
        mistake_add(x, STR("consent_paper"),
                    SAY("Write on which paper the consent stands."));
    }
    most_check(x, "consent_who", m->consent.who, NAME_SIGNS);
    most_check(x, "consent_paper", m->consent.paper, ENVELOPE_LINE_SIGNS);
}

static void sent_check(const struct envelope_message *m, day today, struct mistakes *x)
{
    if (str_is_empty(m->subject)) {
        mistake_add(x, STR("subject"), SAY("Write in a few words what it is about, without "
                                           "names."));
    }
    if (str_is_empty(m->purpose)) {
        mistake_add(x, STR("purpose"), SAY("Write for what the other agency needs it."));
    }
    if (m->kind == ENVELOPE_QUERY && m->persons_count == 0) {
        mistake_add(x, STR("persons"), SAY("A query names at least one person."));
    }
    if (m->persons_count > 0 && str_is_empty(m->law)) {
        mistake_add(x, STR("law"),
                    SAY("Write the legal basis: the law with its article, or "
                        "the consent."));
    }
    if (m->health) {
        consent_check(m, today, x);
    }
    if (m->reply_by != DAY_NONE && m->reply_by < today) {
        mistake_add(x, STR("reply"), SAY("This day is over. Choose today or later."));
    }
}

void message_check(const struct envelope_message *m, day today, struct mistakes *mistakes)
{
    if (m->step == ENVELOPE_SENT) {
        sent_check(m, today, mistakes);
    } else if (m->step == ENVELOPE_REFUSED && str_is_empty(m->text)) {
        mistake_add(mistakes, STR("text"), SAY("Write why it is refused, and who would be "
                                               "competent."));
    } else if (m->step == ENVELOPE_ANSWERED && str_is_empty(m->text) &&
               m->persons_count == 0) {
        mistake_add(mistakes, STR("text"), SAY("Write the answer."));
    }
    most_check(mistakes, "subject", m->subject, ENVELOPE_LINE_SIGNS);
    most_check(mistakes, "text", m->text, ENVELOPE_TEXT_SIGNS);
    most_check(mistakes, "purpose", m->purpose, ENVELOPE_LINE_SIGNS);
    most_check(mistakes, "law", m->law, ENVELOPE_LINE_SIGNS);
}
