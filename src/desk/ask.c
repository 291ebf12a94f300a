/* ask — reading one request.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/ask.h"

#include "desk/inside.h"
#include "kernel/office/office.h"

static str pair_value(const struct ask_pair *list, size_t count, str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].name, name)) {
            return list[i].value;
        }
    }
    return STR("");
}

str ask_field(const struct ask *q, const char *name)
{
    return pair_value(q->form, q->form_count, str_of(name));
}

size_t ask_fields(const struct ask *q, str name, str *ret_values, size_t most)
{
    size_t count = 0;

    for (size_t i = 0; i < q->form_count && count < most; i++) {
        if (str_equal(q->form[i].name, name)) {
            ret_values[count++] = q->form[i].value;
        }
    }
    return count;
}

str ask_param(const struct ask *q, const char *name)
{
    return pair_value(q->params, q->params_count, str_of(name));
}

str ask_path(const struct ask *q, const char *name)
{
    return pair_value(q->path_values, q->path_count, str_of(name));
}

err ask_path_id(const struct ask *q, const char *name, int64_t *ret_id)
{
    if (!id_parse(ask_path(q, name), ret_id)) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such page."), STR(""), "no id in {%s}",
             name);
    }
    return NULL;
}

str ask_cookie(const struct ask *q, const char *name)
{
    return cookie_value(turn_of(q)->cookies, str_of(name));
}

int64_t ask_new_id(const struct ask *q)
{
    return id_next(q->ids, q->now_ms);
}

const struct agency *ask_agencies(const struct ask *q, size_t *ret_count)
{
    const struct house *h = turn_of(q)->house;

    *ret_count = h == NULL ? 0 : h->count;
    return h == NULL ? NULL : h->agencies;
}

const struct catalog *ask_catalog_of(const struct ask *q, const struct agency *agency)
{
    return house_catalog(turn_of(q)->house, agency);
}

const struct unit *ask_units(const struct ask *q, size_t *ret_count)
{
    const struct house_units *u = house_units(turn_of(q)->house, q->agency);

    *ret_count = u->count;
    return u->list;
}

const struct pack_kind *const *ask_kinds(const struct ask *q, size_t *ret_count)
{
    *ret_count = q->desk->o.kinds_count;
    return q->desk->o.kinds;
}

struct label ask_unit_of(const struct ask *q, str unit_key, str *ret_telephone)
{
    const struct office *o = q->catalog != NULL ? office_get(q->catalog) : NULL;

    *ret_telephone = q->agency->telephone;
    for (size_t i = 0; o != NULL && i < o->units_count; i++) {
        if (str_equal(o->units[i].key, unit_key)) {
            if (o->units[i].telephone.len > 0) {
                *ret_telephone = o->units[i].telephone;
            }
            return o->units[i].name;
        }
    }
    return q->agency->name;
}
