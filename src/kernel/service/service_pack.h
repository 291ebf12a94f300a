/* service_pack — what the readers of a definition share, while it is read.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_SERVICE_PACK_H
#define BIANMIN_KERNEL_SERVICE_PACK_H

#include "base/arena.h"
#include "host/yaml/yaml.h"
#include "kernel/service/service.h"

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

/* `names`: what rules may use: the keys of the questions, and "way". */
struct service_reader {
    struct pack_reader *pack;
    struct service *service;
    const struct yaml *document;
    const str *names;
    size_t names_count;
};

/* A rule or a number under `key`; a mistake when Lua cannot read it or it uses a name that
 * is none. */
str service_rule_read(struct service_reader *f, const struct yaml *map, const char *key);
/* `value` and `unit` of a map that may have other keys too. */
void service_limit_read(struct pack_reader *r, const struct yaml *map, struct limit *ret);
/* A label that may stand in Chinese alone; then it is advised to translate it. */
struct label service_label_read(struct pack_reader *r, const struct yaml *map,
                                const char *key, bool required);
/* The key of a list's item; `prefix`_1 … where it has none. Twice the same is a mistake. */
str service_key_read(struct pack_reader *r, const struct yaml *item, const char *prefix,
                     size_t nth, bool required);
/* The items of a list of maps: calls `one` for each, with the place in an array of `size`
 * bytes a piece; gives the array and how many. */
void *service_list_read(struct service_reader *f, const struct yaml *map, const char *key,
                        size_t size, const struct pack_chapter *chapter,
                        void (*one)(struct service_reader *f, const struct yaml *item,
                                    size_t nth, void *thing),
                        size_t *ret_count);
str service_numbered(struct arena *a, const char *prefix, size_t nth);

/* service_pack.c, offer_pack.c, terms_pack.c, flow_pack.c: their parts of a definition */
void service_offer_read(struct service_reader *f);
void service_terms_read(struct service_reader *f);
void service_flow_read(struct service_reader *f);
extern const struct pack_chapter service_chapter;
extern const struct pack_chapter paper_chapter, agents_chapter, fee_chapter, waiver_chapter,
    fine_chapter, letter_chapter;
extern const struct pack_chapter status_chapter, eligible_chapter, limit_chapter,
    limits_chapter, stage_chapter, control_chapter, extend_chapter, elsewhere_chapter;
extern const struct pack_chapter flow_chapter, procedure_chapter, next_chapter;

#endif
