/* value — the driver for PostgreSQL: values there and back, all binary.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/postgres/postgres.h"

#include <endian.h>
#include <string.h>

enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_CHAR = 18,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_OID = 26,
    OID_UNKNOWN = 705,
    OID_VARCHAR = 1043,
    OID_NUMERIC = 1700,
};

const Oid postgres_types[128] = { ['i'] = OID_INT8, ['t'] = OID_TEXT, ['b'] = OID_BYTEA };

/* ---- statements ---- */

static size_t put_parameter(struct buf *out, const char *at, unsigned *most)
{
    unsigned number = 0;
    size_t n = 1;

    while (at[n] >= '0' && at[n] <= '9' && number < POSTGRES_VALUES) {
        number = number * 10 + (unsigned)(at[n++] - '0');
    }
    buf_format(out, "$%u", number);
    *most = number > *most ? number : *most;
    return n;
}

/* Outside quotes only. */
const char *postgres_text(struct arena *a, const struct query *q)
{
    const char *at = q->postgres != NULL ? q->postgres : q->sql;
    unsigned most = 0;
    char quote = '\0';
    struct buf out;

    buf_init(&out, a, 1 << 16);
    while (*at != '\0') {
        if (*at == '?' && quote == '\0') {
            at += put_parameter(&out, at, &most);
            continue;
        }
        if (quote != '\0') {
            quote = *at == quote ? '\0' : quote;
        } else if (*at == '\'' || *at == '"') {
            quote = *at;
        }
        buf_put_char(&out, *at++);
    }
    if (buf_failed(&out) || most != strlen(query_types(q))) {
        return NULL;
    }
    return str_z(a, buf_str(&out));
}

bool postgres_send(struct postgres_db *p, const char *name, const char *sql,
                   const struct value *values, size_t count)
{
    const char *at[POSTGRES_VALUES];
    int length[POSTGRES_VALUES], format[POSTGRES_VALUES];
    uint64_t number[POSTGRES_VALUES];
    Oid type[POSTGRES_VALUES];

    for (size_t i = 0; i < count; i++) {
        const struct value *v = &values[i];

        number[i] = htobe64((uint64_t)v->number);
        at[i] = v->type == 'n' ? NULL
                : v->type == 'i' ? (const char *)&number[i]
                : v->text.at == NULL ? ""
                                     : v->text.at;
        length[i] = v->type == 'i' ? 8 : (int)v->text.len;
        format[i] = 1;
        type[i] = postgres_types[v->type & 127];
    }
    if (name == NULL) {
        return PQsendQueryParams(p->conn, sql, (int)count, type, at, length, format, 1) ==
               1;
    }
    return PQsendQueryPrepared(p->conn, name, (int)count, at, length, format, 1) == 1;
}

/* ---- results ---- */

static int64_t read_16(const char *at)
{
    uint16_t n;

    memcpy(&n, at, sizeof(n));
    return (int16_t)be16toh(n);
}

static int64_t read_32(const char *at)
{
    uint32_t n;

    memcpy(&n, at, sizeof(n));
    return (int32_t)be32toh(n);
}

static int64_t read_64(const char *at)
{
    uint64_t n;

    memcpy(&n, at, sizeof(n));
    return (int64_t)be64toh(n);
}

/* The whole part: how many digits of base 10,000, the weight of the first, the sign. */
static bool read_numeric(const char *at, int len, int64_t *ret)
{
    int64_t digits = len < 8 ? 0 : read_16(at), weight = len < 8 ? 0 : read_16(at + 2);
    uint64_t sum = 0;

    if (len < 8 || len < 8 + 2 * digits || weight > 4 ||
        (uint16_t)read_16(at + 4) >= 0xC000) {
        return false;
    }
    for (int64_t i = 0; i <= weight; i++) {
        uint64_t digit = i < digits ? (uint64_t)read_16(at + 8 + 2 * i) : 0;

        if (sum > (INT64_MAX - digit) / 10000) {
            return false;
        }
        sum = sum * 10000 + digit;
    }
    *ret = read_16(at + 4) == 0 ? (int64_t)sum : -(int64_t)sum;
    return true;
}

static bool read_number(Oid type, const char *at, int len, int64_t *ret)
{
    switch (type) {
    case OID_INT8:
        *ret = read_64(at);
        return len == 8;
    case OID_INT4:
    case OID_OID:
        *ret = read_32(at);
        return len == 4;
    case OID_INT2:
        *ret = read_16(at);
        return len == 2;
    case OID_BOOL:
        *ret = at[0] != 0;
        return len == 1;
    default:
        return read_numeric(at, len, ret);
    }
}

static bool is_number(Oid type)
{
    return type == OID_INT8 || type == OID_INT4 || type == OID_INT2 || type == OID_BOOL ||
           type == OID_OID || type == OID_NUMERIC;
}

static bool is_text(Oid type)
{
    return type == OID_TEXT || type == OID_VARCHAR || type == OID_NAME ||
           type == OID_CHAR || type == OID_UNKNOWN;
}

static err read_cell(struct arena *a, const PGresult *r, int row, int column,
                     struct value *ret)
{
    Oid type = PQftype(r, column);
    const char *from = PQgetvalue(r, row, column);
    int len = PQgetlength(r, row, column);
    bool fine = true;

    if (PQgetisnull(r, row, column)) {
        *ret = bind_null();
    } else if (is_number(type)) {
        *ret = bind_int(0);
        fine = read_number(type, from, len, &ret->number);
    } else if (is_text(type)) {
        *ret = bind_text(str_copy(a, (str){ from, (size_t)len }));
    } else if (type == OID_BYTEA) {
        *ret = bind_bytes(str_copy(a, (str){ from, (size_t)len }));
    } else {
        fine = false;
    }
    return fine ? NULL
                : driver_failed(a, ERR_BROKEN,
                                str_format(a, "column %d has type %u", column, type));
}

err postgres_rows(struct arena *a, const PGresult *r, struct table *ret)
{
    struct table t = { .rows = (size_t)PQntuples(r), .columns = (size_t)PQnfields(r) };

    t.cell = ARENA_ARRAY(a, t.rows * t.columns, struct value);
    if (t.cell == NULL && t.rows * t.columns > 0) {
        return err_no_memory;
    }
    for (size_t row = 0; row < t.rows; row++) {
        for (size_t c = 0; c < t.columns; c++) {
            TRY(read_cell(a, r, (int)row, (int)c, &t.cell[row * t.columns + c]));
        }
    }
    if (arena_failed(a)) {
        return err_no_memory;
    }
    *ret = t;
    return NULL;
}
