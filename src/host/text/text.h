/* text — Unicode for names, search and sorting (ICU).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_TEXT_H
#define BIANMIN_HOST_TEXT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "base/words.h"

/* What a person typed, once, on entry: NFC, no control characters but line feed, CRLF to
 * LF, blanks trimmed at both ends (also the ideographic one). Fails: ERR_INPUT (no
 * UTF-8). */
MUST_CHECK err text_clean(struct arena *a, str typed, str *ret_clean);
/* For codes and numbers: NFKC (full width to half width), then as text_clean on one
 * line. */
MUST_CHECK err text_narrow(struct arena *a, str typed, str *ret_narrow);
/* For comparing and blind indexes: NFKC, case folded, 台 as 臺, blanks and punctuation
 * out. */
MUST_CHECK err text_fold(struct arena *a, str s, str *ret_folded);
/* Bytes that sort as people expect (zh stroke order, en, ja): stored beside a name. */
MUST_CHECK err text_sort_key(struct arena *a, str s, enum lang lang, str *ret_key);
/* A file of whichever encoding offices use, as UTF-8 without a byte order mark: UTF-8,
 * UTF-16 with its mark, else Big5 (as Windows writes it). Fails: ERR_INPUT (none of
 * them). */
MUST_CHECK err text_decode(struct arena *a, str bytes, str *ret_text);
/* Number of signs a person sees (grapheme clusters). */
size_t text_length(str s);
/* 王○明, J*** S****: the policy of names. Two signs keep the first; three and more the
 * first and the last; a compound surname counts as one. */
str text_mask_name(struct arena *a, str name);

#endif
