/* flow_pack — how a case goes through the office, and its standard procedure on paper.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/service_pack.h"

const str flow_assign_key[4] = { STR_INIT("hand"), STR_INIT("least_loaded"),
                                 STR_INIT("village"), STR_INIT("roster") };

static const struct pack_word flow_words[] = {
    { "assign", "word", "how a case finds its officer; `hand` unless said",
      flow_assign_key, 4 },
    { "village", "key",
      "`assign: village`: the question that says which village (address, text or choice); "
      "left out: the first address", NULL, 0 },
    { "consult", "list of keys", "units that are asked each time (會辦)", NULL, 0 },
    { "four_eyes", "true or false", "who proposed may not decide", NULL, 0 },
    { "sample", "number", "percent of the decided cases drawn for review", NULL, 0 },
    { "paid_before_issue", "true or false",
      "it is issued or handed over only when nothing is left to be paid", NULL, 0 },
};
const struct pack_chapter flow_chapter = PACK_CHAPTER("service: flow", "", flow_words);

static const struct pack_word procedure_words[] = {
    { "key", "key", "its name", NULL, 0 },
    { "name", "texts", "what is done", NULL, 0 },
    { "who", "texts", "who does it", NULL, 0 },
    { "ways", "list", "only when applied for in these ways; left out: in all",
      service_way_key, SERVICE_WAYS },
    { "limit", "map", "how long this step may take, as `limit`", NULL, 0 },
    { "next", "list",
      "keys of the steps that may follow, or `{ to: key, when: texts }`; left out: it ends "
      "here", NULL, 0 },
    { "text", "texts", "how it is done", NULL, 0 },
};
const struct pack_chapter procedure_chapter = PACK_CHAPTER(
    "service: procedure",
    "標準作業程序, a list in order: out of it come the SOP and its flowchart, one for each "
    "way of applying. Left out: made from `flow`.",
    procedure_words);

static const struct pack_word next_words[] = {
    { "to", "key", "the step that follows", NULL, 0 },
    { "when", "texts", "in which case", NULL, 0 },
};
const struct pack_chapter next_chapter =
    PACK_CHAPTER("service: next of a step", "", next_words);

static void flow_read(struct service_reader *f)
{
    struct service_flow *flow = &f->service->flow;
    const struct yaml *map = pack_map(f->pack, f->document, "flow", false), *list;
    str *consult;

    if (map == NULL) {
        return;
    }
    pack_only_words(f->pack, map, &flow_chapter);
    flow->line = map->line;
    flow->column = map->column;
    flow->assign = (enum flow_assign)pack_choice(f->pack, map, "assign", flow_assign_key, 4,
                                                 ASSIGN_HAND);
    flow->village = pack_text(f->pack, map, "village", false);
    flow->four_eyes = pack_truth(f->pack, map, "four_eyes", false);
    flow->paid_before_issue = pack_truth(f->pack, map, "paid_before_issue", false);
    flow->sample = (int)pack_int(f->pack, map, "sample", 0, 100, 0);
    list = pack_list(f->pack, map, "consult");
    consult = ARENA_ARRAY(f->pack->arena, list != NULL ? list->count : 0, str);
    for (const struct yaml *y = list != NULL ? list->first : NULL;
         consult != NULL && y != NULL; y = y->next) {
        consult[flow->consult_count++] = y->text;
    }
    flow->consult = consult;
}

static void next_read(struct service_reader *f, const struct yaml *y,
                      struct procedure_step *step)
{
    const struct yaml *list = pack_list(f->pack, y, "next");
    struct procedure_way_on *next = ARENA_ARRAY(f->pack->arena,
                                                list != NULL ? list->count : 0,
                                                struct procedure_way_on);

    for (const struct yaml *x = list != NULL ? list->first : NULL;
         next != NULL && x != NULL; x = x->next) {
        struct procedure_way_on *n = &next[step->next_count++];

        if (x->kind == YAML_SCALAR) {
            n->to = x->text;
        } else if (pack_is_map(f->pack, x)) {
            pack_only_words(f->pack, x, &next_chapter);
            n->to = pack_text(f->pack, x, "to", true);
            n->when = pack_label(f->pack, x, "when", false);
        }
    }
    step->next = next;
}

static void step_ways_read(struct service_reader *f, const struct yaml *y,
                           struct procedure_step *step)
{
    const struct yaml *list = pack_list(f->pack, y, "ways");

    for (const struct yaml *x = list != NULL ? list->first : NULL; x != NULL; x = x->next) {
        int way = pack_one_of(f->pack, x, x->text, service_way_key, SERVICE_WAYS);

        step->ways |= way >= 0 ? 1U << way : 0;
    }
}

static void step_one(struct service_reader *f, const struct yaml *y, size_t nth,
                     void *thing)
{
    struct procedure_step *step = thing;
    const struct yaml *limit = pack_map(f->pack, y, "limit", false);

    step->key = service_key_read(f->pack, y, "step", nth, true);
    step->name = pack_label(f->pack, y, "name", true);
    step->who = pack_label(f->pack, y, "who", false);
    step->text = pack_label(f->pack, y, "text", false);
    step->limit.unit = LIMIT_NONE;
    if (limit != NULL) {
        pack_only_words(f->pack, limit, &limit_chapter);
        service_limit_read(f->pack, limit, &step->limit);
    }
    step_ways_read(f, y, step);
    next_read(f, y, step);
    step->line = y->line;
    step->column = y->column;
}

void service_flow_read(struct service_reader *f)
{
    struct service *s = f->service;

    flow_read(f);
    s->procedure = service_list_read(f, f->document, "procedure",
                                     sizeof(struct procedure_step), &procedure_chapter,
                                     step_one, &s->procedure_count);
}
