/* search — services for what a person typed: the words of the name first, then what people
 * call it, then what the page says; signs in common in the end.
 *
 * Chinese has no blanks between words, so beside the whole text pairs of neighbouring signs
 * are compared: 分區證明 finds 土地使用分區證明, and 土地分區 too. Equally good ones: the
 * shorter name first.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/service.h"

#include "base/arena.h"
#include "base/buf.h"
#include "host/text/text.h"
#include "kernel/office/office.h"

#include <stdlib.h>

#define WORDS_MOST 8
#define MENTIONS_MOST 9
#define FOUND_ALL 1 /* nothing was typed: all, in their own order */
#define ALL_WORDS_BYTES 8192

struct hit {
    const struct service *service;
    int score;
    size_t order;
};

/* The typed text, folded: the whole, and its words where it has blanks. */
struct wanted {
    str whole;
    str word[WORDS_MOST];
    size_t words;
};

static str folded(struct arena *a, str s)
{
    str f;

    return text_fold(a, s, &f) == NULL ? f : STR("");
}

static struct wanted wanted_of(struct arena *a, str typed)
{
    struct wanted w = { .whole = folded(a, typed) };
    str rest = typed, piece;

    while (w.words < WORDS_MOST && str_cut(&rest, ' ', &piece)) {
        str word = folded(a, piece);

        if (word.len > 0) {
            w.word[w.words++] = word;
        }
    }
    return w;
}

/* The length in bytes of the sign at `at`. */
static size_t sign_length(str s, size_t at)
{
    size_t n = 1;

    while (at + n < s.len && ((unsigned char)s.at[at + n] & 0xC0) == 0x80) {
        n++;
    }
    return n;
}

/* How many of a hundred pairs of neighbouring signs of `word` are in `text`. Letters need
 * longer pieces to mean anything: three of them. */
static int pairs_in(str word, str text)
{
    size_t at = 0, all = 0, in = 0;

    while (at < word.len) {
        size_t first = sign_length(word, at), len = first;
        size_t signs = first == 1 ? 3 : 2;

        for (size_t k = 1; k < signs && at + len < word.len; k++) {
            len += sign_length(word, at + len);
        }
        if (at + len == word.len && all > 0 && len == first) {
            break;
        }
        all++;
        in += str_find(text, str_slice(word, at, len)) >= 0 ? 1 : 0;
        at += first;
    }
    return all > 0 ? (int)(in * 100 / all) : 0;
}

/* 0 nothing in common … 100 the same. */
static int likeness(str wanted, str text)
{
    int pairs;

    if (wanted.len == 0 || text.len == 0) {
        return 0;
    }
    if (str_equal(wanted, text)) {
        return 100;
    }
    if (str_starts(text, wanted)) {
        return 95;
    }
    if (str_find(text, wanted) >= 0) {
        return 90;
    }
    pairs = pairs_in(wanted, text);
    return pairs >= 50 ? pairs * 8 / 10 : 0;
}

static int best(int a, int b)
{
    return a > b ? a : b;
}

/* A label in the reader's language, then in the others for a little less. */
static int label_score(struct arena *a, const struct label *l, str wanted, enum lang lang)
{
    int score = 0;

    for (int i = 0; i < LANG_COUNT; i++) {
        int s = likeness(wanted, folded(a, l->in[i]));

        score = best(score, i == (int)lang ? s : s * 9 / 10);
    }
    return score;
}

/* Name and words one after the other: 老人送餐 is in 老人餐 and 送餐 together. */
static str all_words(struct arena *a, const struct service *s)
{
    struct buf b;

    buf_init(&b, a, ALL_WORDS_BYTES);
    for (int i = 0; i < LANG_COUNT; i++) {
        buf_put(&b, s->name.in[i]);
        buf_put_z(&b, "\n");
        for (size_t n = 0; n < s->words_count; n++) {
            buf_put(&b, s->words[n].in[i]);
            buf_put_z(&b, "\n");
        }
    }
    return folded(a, buf_str(&b));
}

/* In how many of its names the word is: decides between equals. */
static int mentions(struct arena *a, const struct service *s, str wanted, enum lang lang)
{
    int n = str_find(folded(a, s->name.in[lang]), wanted) >= 0 ? 1 : 0;

    for (size_t i = 0; i < s->words_count && n < MENTIONS_MOST; i++) {
        n += str_find(folded(a, s->words[i].in[lang]), wanted) >= 0 ? 1 : 0;
    }
    return n;
}

static int word_score(struct arena *a, const struct service *s, str wanted, enum lang lang)
{
    int score = label_score(a, &s->name, wanted, lang) * 10;

    if (str_equal(wanted, folded(a, s->key))) {
        score = best(score, 1000);
    }
    for (size_t i = 0; i < s->words_count; i++) {
        score = best(score, label_score(a, &s->words[i], wanted, lang) * 9);
    }
    if (score == 0) {
        score = likeness(wanted, all_words(a, s)) * 7;
    }
    score = best(score, label_score(a, &s->group, wanted, lang) * 6);
    score = best(score, label_score(a, &s->summary, wanted, lang) * 5);
    score = best(score, label_score(a, &s->result_name, wanted, lang) * 5);
    for (size_t i = 0; i < s->papers_count; i++) {
        score = best(score, label_score(a, &s->papers[i].name, wanted, lang) * 3);
    }
    return score > 0 ? score + mentions(a, s, wanted, lang) : 0;
}

/* The whole as typed, or all its words: each word must be found. */
static int service_score(struct arena *a, const struct service *s, const struct wanted *w,
                         enum lang lang)
{
    int whole = word_score(a, s, w->whole, lang), sum = 0;

    for (size_t i = 0; i < w->words; i++) {
        int one = word_score(a, s, w->word[i], lang);

        if (one == 0) {
            return whole;
        }
        sum += one;
    }
    return w->words > 1 ? best(whole, sum / (int)w->words) : whole;
}

static int by_score(const void *one, const void *other)
{
    const struct hit *a = one, *b = other;

    if (a->score != b->score) {
        return b->score - a->score;
    }
    /* Of two names that have the word in them, the shorter one says less besides. */
    if (a->score > FOUND_ALL &&
        a->service->name.in[LANG_ZH].len != b->service->name.in[LANG_ZH].len) {
        return a->service->name.in[LANG_ZH].len < b->service->name.in[LANG_ZH].len ? -1 : 1;
    }
    return (a->order > b->order) - (a->order < b->order);
}

/* Nothing typed: what most people come for, then the rest. */
static size_t own_place(const struct office *o, const struct service *s, size_t i)
{
    size_t front = o != NULL ? o->front_count : 0;

    for (size_t n = 0; n < front; n++) {
        if (str_equal(o->front[n], s->key)) {
            return n;
        }
    }
    return front + i;
}

err service_search(struct arena *a, const struct catalog *c, str typed, enum lang lang,
                   const struct service ***ret, size_t *ret_count)
{
    size_t all = catalog_count(c, service_kind.name), count = 0;
    struct hit *hits = ARENA_ARRAY(a, all, struct hit);
    const struct service **list = ARENA_ARRAY(a, all, const struct service *);
    struct wanted w = wanted_of(a, str_slice(typed, 0, 300));

    if (hits == NULL || list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < all; i++) {
        const struct service *s = catalog_at(c, service_kind.name, i);
        int score = w.whole.len > 0 ? service_score(a, s, &w, lang)
                    : str_is_empty(str_trim(typed)) ? FOUND_ALL
                                                    : 0;

        if (score > 0) {
            hits[count++] = (struct hit){ s, score, own_place(office_get(c), s, i) };
        }
    }
    qsort(hits, count, sizeof(*hits), by_score);
    for (size_t i = 0; i < count; i++) {
        list[i] = hits[i].service;
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}
