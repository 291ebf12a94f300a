/* procedure — the graph of a standard procedure: every step must be found, lead on, and
 * come to an end, for each way of applying.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/check.h"

#include "base/arena.h"

#define NOWHERE ((size_t)-1)

struct graph {
    struct pack_reader *pack;
    const struct service *service;
    bool *told, *met; /* of each step: a mistake was told; some way comes by */
    bool *from, *ends;
};

static size_t step_of(const struct service *s, str key)
{
    for (size_t i = 0; i < s->procedure_count; i++) {
        if (str_equal(s->procedure[i].key, key)) {
            return i;
        }
    }
    return NOWHERE;
}

static bool goes(const struct procedure_step *p, int way)
{
    return p->ways == 0 || (p->ways & (1U << way)) != 0;
}

static void names_check(struct graph *g)
{
    const struct service *s = g->service;
    str *keys = ARENA_ARRAY(g->pack->arena, s->procedure_count, str);

    for (size_t i = 0; keys != NULL && i < s->procedure_count; i++) {
        keys[i] = s->procedure[i].key;
    }
    for (size_t i = 0; keys != NULL && i < s->procedure_count; i++) {
        const struct procedure_step *p = &s->procedure[i];

        for (size_t k = 0; k < p->next_count; k++) {
            if (step_of(s, p->next[k].to) == NOWHERE) {
                str near = pack_nearest(g->pack->arena, p->next[k].to, keys,
                                        s->procedure_count);

                g->told[i] = true;
                pack_mistake_at(
                    g->pack, p->line, p->column,
                    SAY("After \"{step}\" comes \"{next}\", which is no step. Is "
                        "\"{near}\" meant?",
                        SAY_TEXT("step", p->key), SAY_TEXT("next", p->next[k].to),
                        SAY_TEXT("near", near)));
            }
        }
    }
}

/* Marks what is reached from `at`, along the steps of this way. */
static void walk(struct graph *g, size_t at, int way)
{
    const struct procedure_step *p = &g->service->procedure[at];

    if (g->from[at]) {
        return;
    }
    g->from[at] = g->met[at] = true;
    for (size_t k = 0; k < p->next_count; k++) {
        size_t next = step_of(g->service, p->next[k].to);

        if (next != NOWHERE && goes(&g->service->procedure[next], way)) {
            walk(g, next, way);
        }
    }
}

/* A step ends when nothing follows, or when one of those that follow does. */
static void ends_find(struct graph *g, int way)
{
    const struct service *s = g->service;
    bool more = true;

    while (more) {
        more = false;
        for (size_t i = 0; i < s->procedure_count; i++) {
            const struct procedure_step *p = &s->procedure[i];
            bool ends = p->next_count == 0;

            for (size_t k = 0; !ends && k < p->next_count; k++) {
                size_t next = step_of(s, p->next[k].to);

                ends = next == NOWHERE || (goes(&s->procedure[next], way) && g->ends[next]);
            }
            if (g->from[i] && ends && !g->ends[i]) {
                g->ends[i] = more = true;
            }
        }
    }
}

static void tell(struct graph *g, size_t at, struct words say)
{
    if (!g->told[at]) {
        g->told[at] = true;
        pack_mistake_at(g->pack, g->service->procedure[at].line,
                        g->service->procedure[at].column, say);
    }
}

static void way_check(struct graph *g, int way)
{
    const struct service *s = g->service;
    size_t start = 0;

    while (start < s->procedure_count && !goes(&s->procedure[start], way)) {
        start++;
    }
    if (start == s->procedure_count) {
        pack_advise_at(g->pack, s->procedure[0].line, s->procedure[0].column,
                       SAY("The procedure has no step for the way \"{way}\".",
                           SAY_TEXT("way", service_way_key[way])));
        return;
    }
    for (size_t i = 0; i < s->procedure_count; i++) {
        g->from[i] = g->ends[i] = false;
    }
    walk(g, start, way);
    ends_find(g, way);
    if (!g->ends[start]) {
        tell(g, start,
             SAY("This procedure can never end: from \"{step}\" no step is reached after "
                 "which nothing follows.",
                 SAY_TEXT("step", s->procedure[start].key)));
        return;
    }
    for (size_t i = 0; i < s->procedure_count; i++) {
        if (g->from[i] && !g->ends[i]) {
            tell(g, i,
                 SAY("There is no way out of the step \"{step}\" for the way \"{way}\".",
                     SAY_TEXT("step", s->procedure[i].key),
                     SAY_TEXT("way", service_way_key[way])));
        }
    }
}

void service_procedure_check(struct pack_reader *r, const struct service *s)
{
    size_t count = s->procedure_count;
    struct graph g = { .pack = r, .service = s,
                       .told = ARENA_ARRAY(r->arena, count, bool),
                       .met = ARENA_ARRAY(r->arena, count, bool),
                       .from = ARENA_ARRAY(r->arena, count, bool),
                       .ends = ARENA_ARRAY(r->arena, count, bool) };

    if (count == 0 || count > 200 || g.told == NULL || g.met == NULL || g.from == NULL ||
        g.ends == NULL) {
        return;
    }
    names_check(&g);
    for (int way = 0; way < SERVICE_WAYS; way++) {
        if ((s->ways & (1U << way)) != 0) {
            way_check(&g, way);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!g.met[i] && !g.told[i]) {
            pack_advise_at(r, s->procedure[i].line, s->procedure[i].column,
                           SAY("No way of applying ever comes to the step \"{step}\".",
                               SAY_TEXT("step", s->procedure[i].key)));
        }
    }
}
