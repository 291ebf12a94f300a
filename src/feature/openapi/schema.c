/* schema — fixed shapes as text, the answers of a service out of its questions.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/openapi/schema.h"

#include "kernel/service/service.h"

static const struct {
    str name, json;
} fixed[] = {
    { STR_INIT("Label"),
      STR_INIT("{\"type\":\"object\",\"required\":[\"zh\",\"en\",\"ja\"],\"properties\":{"
               "\"zh\":{\"type\":\"string\"},\"en\":{\"type\":\"string\"},"
               "\"ja\":{\"type\":\"string\"}}}") },
    { STR_INIT("Limit"),
      STR_INIT("{\"type\":\"object\",\"required\":[\"value\",\"unit\"],\"properties\":{"
               "\"value\":{\"type\":\"integer\"},\"unit\":{\"type\":\"string\",\"enum\":["
               "\"working\",\"calendar\",\"hour\",\"month\",\"at_once\",\"none\"]}}}") },
    { STR_INIT("Services"),
      STR_INIT(
          "{\"type\":\"object\",\"required\":[\"services\"],\"properties\":{\"services\":{"
          "\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"key\","
          "\"name\",\"unit\",\"limit\"],\"properties\":{\"key\":{\"type\":\"string\"},"
          "\"name\":{\"$ref\":\"#/components/schemas/Label\"},\"unit\":{\"type\":"
          "\"string\"},\"limit\":{\"$ref\":\"#/components/schemas/Limit\"},\"online\":{"
          "\"type\":\"boolean\"}}}}}}") },
    { STR_INIT("Service"),
      STR_INIT(
          "{\"type\":\"object\",\"required\":[\"key\",\"name\",\"questions\",\"example\"],"
          "\"properties\":{\"key\":{\"type\":\"string\"},\"name\":{\"$ref\":"
          "\"#/components/schemas/Label\"},\"limit\":{\"$ref\":"
          "\"#/components/schemas/Limit\"},\"version\":{\"type\":\"integer\"},"
          "\"questions\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":["
          "\"key\",\"type\",\"required\",\"label\"],\"properties\":{\"key\":{\"type\":"
          "\"string\"},\"type\":{\"type\":\"string\"},\"required\":{\"type\":\"boolean\"},"
          "\"label\":{\"$ref\":\"#/components/schemas/Label\"},\"choices\":{\"type\":"
          "\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"key\":{\"type\":"
          "\"string\"},\"label\":{\"$ref\":\"#/components/schemas/Label\"}}}}}}},"
          "\"example\":{\"type\":\"object\",\"description\":\"A body that is accepted "
          "today as it stands.\"}}}") },
    { STR_INIT("Receipt"),
      STR_INIT(
          "{\"type\":\"object\",\"required\":[\"case\",\"code\",\"due\"],\"properties\":{"
          "\"case\":{\"type\":\"string\"},\"code\":{\"type\":\"string\",\"description\":"
          "\"Secret: with it the case can be read.\"},\"due\":{\"type\":[\"string\","
          "\"null\"],\"format\":\"date\"}}}") },
    { STR_INIT("State"),
      STR_INIT(
          "{\"type\":\"object\",\"required\":[\"case\",\"state\",\"due\",\"steps\"],"
          "\"properties\":{\"case\":{\"type\":\"string\"},\"state\":{\"type\":\"string\","
          "\"enum\":[\"received\",\"in_work\",\"decided\",\"issued\",\"collected\","
          "\"closed\",\"refused\",\"withdrawn\",\"sent_back\",\"not_admitted\","
          "\"transferred\",\"merged\"]},\"due\":{\"type\":["
          "\"string\",\"null\"],\"format\":\"date\"},\"steps\":{\"type\":\"array\","
          "\"items\":{\"type\":\"object\",\"properties\":{\"key\":{\"type\":\"string\"},"
          "\"label\":{\"type\":\"string\"},\"at\":{\"type\":\"string\",\"format\":"
          "\"date-time\"}}}}}}") },
    { STR_INIT("File"),
      STR_INIT(
          "{\"type\":\"object\",\"required\":[\"file\"],\"properties\":{\"file\":{\"type\":"
          "\"string\"},\"type\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"}}}") },
    { STR_INIT("Mistakes"),
      STR_INIT(
          "{\"type\":\"object\",\"required\":[\"errors\"],\"properties\":{\"errors\":{"
          "\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"question\":{"
          "\"type\":\"string\"},\"message\":{\"type\":\"string\"}}}}}}") },
    { STR_INIT("Problem"),
      STR_INIT("{\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\"},"
               "\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"
               "\"incident\":{\"type\":\"string\"}}}") },
};

void schema_put_fixed(struct json_writer *w)
{
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        json_put_raw(w, fixed[i].name, fixed[i].json);
    }
}

static const struct {
    const char *type, *format;
} kinds[QUESTION_TYPES] = {
    [Q_TEXT] = { "string", "" },         [Q_PARAGRAPH] = { "string", "" },
    [Q_NUMBER] = { "integer", "" },      [Q_MONEY] = { "integer", "" },
    [Q_DATE] = { "string", "date" },     [Q_TIME] = { "string", "" },
    [Q_CHOICE] = { "string", "" },       [Q_CHOICES] = { "array", "" },
    [Q_YESNO] = { "boolean", "" },       [Q_NATIONAL_ID] = { "string", "" },
    [Q_RESIDENT_ID] = { "string", "" },  [Q_MOBILE] = { "string", "" },
    [Q_TELEPHONE] = { "string", "" },    [Q_EMAIL] = { "string", "email" },
    [Q_ADDRESS] = { "object", "" },      [Q_FILE] = { "object", "" },
    [Q_CONSENT] = { "boolean", "" },     [Q_NOTE] = { "", "" },
    [Q_SIGNATURE] = { "object", "" },    [Q_ROWS] = { "array", "" },
    [Q_BUSINESS_ID] = { "string", "" },
};

static void put_choices(struct json_writer *w, const struct question *x)
{
    json_list(w, STR("enum"));
    for (size_t i = 0; i < x->choices_count; i++) {
        json_put_text(w, STR(""), x->choices[i].key);
    }
    json_end_list(w);
}

static void put_pieces(struct json_writer *w, const char *const *names, size_t count)
{
    json_object(w, STR("properties"));
    for (size_t i = 0; i < count; i++) {
        json_object(w, str_of(names[i]));
        json_put_text(w, STR("type"), STR("string"));
        json_end_object(w);
    }
    json_end_object(w);
}

static void put_question(struct json_writer *w, const struct question *x);

/* An object a row. */
static void put_rows(struct json_writer *w, const struct question *x)
{
    json_put_int(w, STR("maxItems"), x->most);
    json_object(w, STR("items"));
    json_put_text(w, STR("type"), STR("object"));
    json_put_bool(w, STR("additionalProperties"), false);
    json_list(w, STR("required"));
    for (size_t i = 0; i < x->columns_count; i++) {
        if (x->columns[i].required) {
            json_put_text(w, STR(""), x->columns[i].key);
        }
    }
    json_end_list(w);
    json_object(w, STR("properties"));
    for (size_t i = 0; i < x->columns_count; i++) {
        put_question(w, &x->columns[i]);
    }
    json_end_object(w);
    json_end_object(w);
}

/* The name that stands for it, what was drawn, or a file sent before. */
static void put_signature(struct json_writer *w)
{
    json_put_raw(
        w, STR("properties"),
        STR("{\"name\":{\"type\":\"string\",\"maxLength\":50},"
            "\"agree\":{\"type\":\"boolean\",\"const\":true},"
            "\"strokes\":{\"type\":\"string\",\"description\":\"Points in a box of "
            "600 by 200: x,y x,y;x,y …; a semicolon ends a stroke.\"},"
            "\"file\":{\"type\":\"string\"}}"));
    json_put_raw(w, STR("anyOf"),
                 STR("[{\"required\":[\"name\",\"agree\"]},{\"required\":[\"strokes\"]},"
                     "{\"required\":[\"file\"]}]"));
}

static void put_question(struct json_writer *w, const struct question *x)
{
    static const char *const address[] = { "postcode", "city", "district", "village",
                                           "street" };
    static const char *const file[] = { "file", "name" };

    json_object(w, x->key);
    json_put_text(w, STR("type"), str_of(kinds[x->type].type));
    if (kinds[x->type].format[0] != '\0') {
        json_put_text(w, STR("format"), str_of(kinds[x->type].format));
    }
    json_put_text(w, STR("description"), label_in(&x->label, LANG_EN));
    if (x->type == Q_CHOICE) {
        put_choices(w, x);
    } else if (x->type == Q_CHOICES) {
        json_object(w, STR("items"));
        json_put_text(w, STR("type"), STR("string"));
        put_choices(w, x);
        json_end_object(w);
    } else if (x->type == Q_ADDRESS) {
        put_pieces(w, address, 5);
    } else if (x->type == Q_FILE) {
        put_pieces(w, file, 2);
    } else if (x->type == Q_ROWS) {
        put_rows(w, x);
    } else if (x->type == Q_SIGNATURE) {
        put_signature(w);
    } else if (x->type == Q_BUSINESS_ID) {
        json_put_text(w, STR("pattern"), STR("^[0-9]{8}$"));
    }
    json_end_object(w);
}

/* Only what must always be there: a rule may ask for more, and says so in its words. */
static void put_required(struct json_writer *w, const struct form *f)
{
    json_list(w, STR("required"));
    for (size_t i = 0; i < f->steps_count; i++) {
        for (size_t n = 0; n < f->steps[i].questions_count; n++) {
            const struct question *x = &f->steps[i].questions[n];

            if (x->required && x->visible.len == 0 && x->type != Q_NOTE) {
                json_put_text(w, STR(""), x->key);
            }
        }
    }
    json_end_list(w);
}

/* Who applies for the applicant. */
static void put_agent(struct json_writer *w)
{
    json_put_raw(
        w, STR("agent"),
        STR("{\"type\":\"object\",\"description\":\"Who applies for the applicant; left "
            "out when he applies himself.\",\"required\":[\"name\",\"relation\"],"
            "\"additionalProperties\":false,\"properties\":{"
            "\"name\":{\"type\":\"string\",\"maxLength\":60},"
            "\"relation\":{\"type\":\"string\",\"maxLength\":60,\"description\":"
            "\"What he is to the applicant.\"},"
            "\"authority\":{\"type\":\"string\",\"maxLength\":100,\"description\":"
            "\"Number or date of the letter of attorney.\"},"
            "\"telephone\":{\"type\":\"string\",\"maxLength\":60}}}"));
}

void schema_put_service(struct arena *a, struct json_writer *w, str name,
                        const struct service *s, day today)
{
    json_object(w, name);
    json_put_text(w, STR("type"), STR("object"));
    json_put_text(w, STR("description"), label_in(&s->name, LANG_EN));
    json_put_raw(w, STR("required"), STR("[\"answers\"]"));
    json_object(w, STR("properties"));
    json_object(w, STR("answers"));
    json_put_text(w, STR("type"), STR("object"));
    put_required(w, &s->form);
    json_object(w, STR("properties"));
    for (size_t i = 0; i < s->form.steps_count; i++) {
        for (size_t n = 0; n < s->form.steps[i].questions_count; n++) {
            if (s->form.steps[i].questions[n].type != Q_NOTE) {
                put_question(w, &s->form.steps[i].questions[n]);
            }
        }
    }
    json_end_object(w);
    json_put_bool(w, STR("additionalProperties"), false);
    json_end_object(w);
    json_put_raw(w, STR("contact"), STR("{\"type\":\"object\"}"));
    if (service_takes_agent(s)) {
        put_agent(w);
    }
    json_end_object(w);
    json_list(w, STR("examples"));
    json_put_raw(w, STR(""), service_example(a, s, today));
    json_end_list(w);
    json_end_object(w);
}
