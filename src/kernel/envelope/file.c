/* file — an envelope on its way to another installation, and the card with a key.
 *
 * {"format": …, "to": key, "box": hex}: who carries it sees for whom it is, nothing else.
 * The box holds {"key": sender's, "sign": signature, "body": words}.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "kernel/envelope/message.h"

#define FILE_FORMAT "bianmin-envelope-file-1"
#define CARD_FORMAT "bianmin-card-1"
#define GROUP 4
#define FINGERPRINT_BYTES 16

static err broken(struct arena *a, const char *why)
{
    FAIL(a, ERR_INPUT, SAY("This is no envelope of ours, or it is not whole. Ask the other "
                           "agency for the file once more."),
         STR("file"), "%s", why);
}

err envelope_file_write(struct arena *a, str body, str signature, str from_public,
                        str to_public, str *ret_file)
{
    struct json_writer j;
    struct buf inner, outer;
    str box;

    buf_init(&inner, a, ENVELOPE_FILE_MOST);
    json_open(&j, &inner);
    json_object(&j, STR(""));
    json_put_text(&j, STR("key"), str_hex(a, from_public));
    json_put_text(&j, STR("sign"), str_hex(a, signature));
    json_put_text(&j, STR("body"), body);
    json_end_object(&j);
    TRY(seal_box(a, to_public, buf_str(&inner), &box));
    buf_init(&outer, a, ENVELOPE_FILE_MOST);
    json_open(&j, &outer);
    json_object(&j, STR(""));
    json_put_text(&j, STR("format"), STR(FILE_FORMAT));
    json_put_text(&j, STR("to"), str_hex(a, to_public));
    json_put_text(&j, STR("box"), str_hex(a, box));
    json_end_object(&j);
    if (buf_failed(&inner) || buf_failed(&outer)) {
        return err_no_memory;
    }
    *ret_file = buf_str(&outer);
    return NULL;
}

err envelope_file_read(struct arena *a, const struct keyring *k, int64_t agency, str file,
                       str *ret_body, str *ret_signature, str *ret_from_public)
{
    const struct json *outer, *inner;
    str box, plain, body, signature, key;

    if (file.len > ENVELOPE_FILE_MOST || json_parse(a, file, &outer) != NULL ||
        !str_equal(json_text_of(outer, STR("format")), STR(FILE_FORMAT)) ||
        !str_unhex(a, json_text_of(outer, STR("box")), &box)) {
        return broken(a, "outer");
    }
    TRY(seal_unbox(a, k, agency, box, &plain));
    if (json_parse(a, plain, &inner) != NULL ||
        !str_unhex(a, json_text_of(inner, STR("key")), &key) ||
        !str_unhex(a, json_text_of(inner, STR("sign")), &signature)) {
        return broken(a, "inner");
    }
    body = json_text_of(inner, STR("body"));
    if (key.len != SIGN_PUBLIC_BYTES || signature.len != SIGN_BYTES || body.len == 0) {
        return broken(a, "lengths");
    }
    *ret_body = body;
    *ret_signature = signature;
    *ret_from_public = key;
    return NULL;
}

err card_write(struct arena *a, const struct envelope_party *p, str *ret)
{
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, 8192);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("format"), STR(CARD_FORMAT));
    json_put_text(&j, STR("key"), p->key);
    json_put_raw(&j, STR("name"), envelope_name_json(a, &p->name));
    json_put_text(&j, STR("public"), str_hex(a, p->public_key));
    json_end_object(&j);
    *ret = buf_str(&b);
    return buf_failed(&b) ? err_no_memory : NULL;
}

static bool name_is_right(const struct label *name)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        if (str_points(name->in[lang]) > ENVELOPE_LINE_SIGNS) {
            return false;
        }
    }
    return name->in[LANG_ZH].len > 0;
}

err card_read(struct arena *a, str text, struct envelope_party *ret)
{
    const struct json *j, *name;
    struct envelope_party p;
    str box;

    if (text.len > 8192 || json_parse(a, text, &j) != NULL ||
        !str_equal(json_text_of(j, STR("format")), STR(CARD_FORMAT)) ||
        !str_unhex(a, json_text_of(j, STR("public")), &p.public_key)) {
        FAIL(a, ERR_INPUT,
             SAY("This is no card of an agency. It is the file that the other "
                 "agency downloads from its page of keys."),
             STR("card"), "no card");
    }
    p.key = json_text_of(j, STR("key"));
    name = json_get(j, STR("name"));
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        p.name.in[lang] = json_text_of(name, lang_key[lang]);
    }
    if (p.key.len == 0 || p.key.len > 40 || !name_is_right(&p.name)) {
        FAIL(a, ERR_INPUT, SAY("The card does not say whose it is."), STR("card"), "name");
    }
    TRY(seal_box(a, p.public_key, STR("x"), &box)); /* a key that can be sealed to */
    *ret = p;
    return NULL;
}

str envelope_fingerprint(struct arena *a, str public_key)
{
    str hex = str_hex(a, str_slice(seal_sha256(a, public_key), 0, FINGERPRINT_BYTES));
    struct buf b;

    buf_init(&b, a, 64);
    for (size_t i = 0; i < hex.len; i += GROUP) {
        buf_put_z(&b, i > 0 ? " " : "");
        buf_put(&b, str_slice(hex, i, GROUP));
    }
    return buf_str(&b);
}
