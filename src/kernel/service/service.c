/* service — asking about a service: which, by when, and an example of applying.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/service.h"

#include "base/arena.h"
#include "base/buf.h"
#include "host/json/json.h"

const struct service *service_get(const struct catalog *c, str key)
{
    return catalog_get(c, service_kind.name, key);
}

const struct service *service_get_version(const struct catalog *c, str key, int version)
{
    return catalog_get_version(c, service_kind.name, key, version);
}

bool service_takes_agent(const struct service *s)
{
    return s->agent_papers_count > 0 || !label_is_empty(&s->agent);
}

const struct service *service_get_near(const struct catalog *c, str key, int version)
{
    const struct service *s = service_get_version(c, key, version);

    return s != NULL ? s : service_get(c, key);
}

/* What a program would say of whom to reach, out of the same examples. */
static void contact_put(struct arena *a, struct json_writer *w, const struct service *s,
                        day today)
{
    static const struct {
        enum find_kind find;
        const char *key;
    } ways[] = {
        { FIND_NAME, "name" },
        { FIND_TELEPHONE, "telephone" },
        { FIND_EMAIL, "email" },
    };

    for (size_t way = 0; way < sizeof(ways) / sizeof(*ways); way++) {
        bool found = false;

        for (size_t i = 0; !found && i < s->form.steps_count; i++) {
            const struct form_step *step = &s->form.steps[i];

            for (size_t k = 0; !found && k < step->questions_count; k++) {
                str example = question_example(a, &step->questions[k], today);

                found = step->questions[k].find == ways[way].find && example.len > 0;
                if (found) {
                    json_put_raw(w, str_of(ways[way].key), example);
                }
            }
        }
    }
}

str service_example(struct arena *a, const struct service *s, day today)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, a, (size_t)1 << 20);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_raw(&w, STR("answers"), form_example(a, &s->form, today));
    json_object(&w, STR("contact"));
    contact_put(a, &w, s, today);
    json_end_object(&w);
    json_end_object(&w);
    return buf_str(&b);
}
