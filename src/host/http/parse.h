/* parse — small texts of HTTP, read strictly: percent-encoding, forms, cookies, and what a
 * reader accepts. Pure; each has rows in parse_test.c and a fuzz target.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_HTTP_PARSE_H
#define BIANMIN_HOST_HTTP_PARSE_H

#include "base/str.h"
#include "base/words.h"
#include "host/http/http.h"

enum http_encoding { HTTP_PLAIN, HTTP_GZIP, HTTP_BROTLI, HTTP_ENCODINGS };

/* False: a broken %, or what comes out is no UTF-8 text. `plus` reads + as a blank. */
bool percent_decode(struct arena *a, str typed, bool plus, str *ret_plain);
/* a=1&b=2&b=3&flag: in order, names may repeat. False: bad encoding, more than `most`
 * fields, a name over 200 bytes. Empty pieces (a=1&&b=2) are passed over. */
bool form_parse(struct arena *a, str text, size_t most, struct http_pair **ret,
                size_t *ret_count);
/* The value of one cookie out of the header; "" when missing. */
str cookie_value(str header, str name);
/* Best of what we can send; q=0 is refused. */
enum http_encoding encoding_accepted(str header);
/* The language liked best among ours; `otherwise` when none is named. */
enum lang language_accepted(str header, enum lang otherwise);
/* True when the list of If-None-Match names this tag (weak or strong), or is "*". */
bool tag_matches(str header, str tag);
/* "host.example:8080" of "https://host.example:8080/path"; "" when it is none. */
str origin_host(str origin);
/* The last part of a path, of either slash, without control characters; "file" if empty. */
str file_name_clean(struct arena *a, str name);

#endif
