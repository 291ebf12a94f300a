/* form_words_pack — the words that a form may say, with what each means; the reference is
 * made of them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form_pack.h"

static const struct pack_word step_words[] = {
    { "key", "key", "its name in addresses", NULL, 0 },
    { "title", "texts", "heading of the page", NULL, 0 },
    { "lead", "texts", "a sentence below it", NULL, 0 },
    { "questions", "list", "what is asked", NULL, 0 },
};
const struct pack_chapter form_step_chapter =
    PACK_CHAPTER("steps", "The form: a list of pages, at most 20.", step_words);

const str form_find_key[FORM_FIND_KEYS] = { STR_INIT("none"),        STR_INIT("name"),
                                STR_INIT("national_id"), STR_INIT("telephone"),
                                STR_INIT("email"),       STR_INIT("household") };

static const struct pack_word question_words[] = {
    { "key", "key", "its name in rules and JSON", NULL, 0 },
    { "type", "word", "see types", question_type_key, QUESTION_TYPES },
    { "label", "texts", "the question", NULL, 0 },
    { "help", "texts", "a hint below it", NULL, 0 },
    { "why", "texts", "what it is asked for, where nothing in the definition shows it",
      NULL, 0 },
    { "required", "true or false",
      "`true` unless said; a `file` never is (let people bring "
      "it)",
      NULL, 0 },
    { "required_when", "rule", "then it must be answered", NULL, 0 },
    { "visible", "rule", "only then it is asked", NULL, 0 },
    { "rules", "list", "what must hold", NULL, 0 },
    { "choices", "list", "for `choice` and `choices`", NULL, 0 },
    { "columns", "list", "for `rows`: what is asked in each row", NULL, 0 },
    { "least", "number or date",
      "number, money: value · text, paragraph: characters · choices, rows: how many · "
      "date: "
      "day",
      NULL, 0 },
    { "most", "number or date", "the same; file: MB, at most 10", NULL, 0 },
    { "accept", "list",
      "file: `[application/pdf, image/jpeg]` · national_id: `[national_id, resident_id]` "
      "takes both · a file question takes one file: ask twice for front and back",
      NULL, 0 },
    { "personal", "true or false",
      "sealed, shown masked. Identity numbers, telephones, e-mail, paragraphs and "
      "signatures "
      "always are; address and file unless `false`",
      NULL, 0 },
    { "health", "true or false",
      "tells of somebody's health: an envelope that carries it names the consent", NULL,
      0 },
    { "find", "word", "found by staff in this way; by type unless said", form_find_key,
      FORM_FIND_KEYS },
    { "example", "answer",
      "an answer that would be accepted today: the filled-in sample and the example of the "
      "API. Dates may be `today+20`; a signature is a name; rows are a list of maps",
      NULL, 0 },
    { "autocomplete", "word", "HTML's word for filling in by itself; by type unless said",
      NULL, 0 },
};
const struct pack_chapter form_question_chapter =
    PACK_CHAPTER("questions", "", question_words);

static const struct pack_word choice_words[] = {
    { "key", "key", "its name in rules and JSON", NULL, 0 },
    { "label", "texts", "the answer", NULL, 0 },
    { "help", "texts", "a hint below it", NULL, 0 },
};
const struct pack_chapter form_choice_chapter = PACK_CHAPTER("choices", "", choice_words);

static const struct pack_word rule_words[] = {
    { "must", "rule", "what must be true", NULL, 0 },
    { "say", "texts", "what to do when it is not", NULL, 0 },
};
const struct pack_chapter form_rule_chapter = PACK_CHAPTER("rules of a question", "",
                                                           rule_words);

static const struct pack_word column_words[] = {
    { "key", "key", "its name", NULL, 0 },
    { "type", "word",
      "any but paragraph, choices, address, file, consent, note, signature, rows", NULL,
      0 },
    { "label", "texts", "the heading", NULL, 0 },
    { "help", "texts", "a hint", NULL, 0 },
    { "required", "true or false", "in every row that is filled in; `true` unless said",
      NULL, 0 },
    { "choices", "list", "as above", NULL, 0 },
    { "least", "number or date", "as above", NULL, 0 },
    { "most", "number or date", "as above", NULL, 0 },
    { "accept", "list", "as above", NULL, 0 },
    { "personal", "true or false", "as above; then the rows are", NULL, 0 },
    { "find", "word", "as above", form_find_key, FORM_FIND_KEYS },
    { "autocomplete", "word", "as above", NULL, 0 },
};
const struct pack_chapter form_column_chapter =
    PACK_CHAPTER("columns", "Of `rows`: a list of one to 12.", column_words);

static const struct pack_word type_words[] = {
    { "text", "`\"…\"`", "one line, at most 200 characters unless said", NULL, 0 },
    { "paragraph", "`\"…\"`", "several lines, at most 2000", NULL, 0 },
    { "number", "`12`", "a whole number", NULL, 0 },
    { "money", "`1200`", "whole New Taiwan dollars", NULL, 0 },
    { "date", "`\"2026-01-18\"`", "民國 in zh", NULL, 0 },
    { "time", "`\"14:30\"`", "", NULL, 0 },
    { "choice", "`\"a\"`", "one of several", NULL, 0 },
    { "choices", "`[\"a\",\"b\"]`", "some of several", NULL, 0 },
    { "yesno", "`true`", "", NULL, 0 },
    { "national_id", "`\"A123456789\"`", "身分證統一編號, with its check digit", NULL, 0 },
    { "resident_id", "`\"A800000014\"`", "統一證號, new and old", NULL, 0 },
    { "business_id", "`\"04595257\"`", "統一編號, with its check digit", NULL, 0 },
    { "mobile", "`\"0912345678\"`", "", NULL, 0 },
    { "telephone", "`\"07-6671211#52\"`", "", NULL, 0 },
    { "email", "`\"name@example.com\"`", "", NULL, 0 },
    { "address", "`{\"postcode\",\"city\",\"district\",\"village\",\"street\"}`", "", NULL,
      0 },
    { "file", "`{\"file\":\"…\"}`", "what POST …/files gave", NULL, 0 },
    { "consent", "`true`", "個資法 §7, with the notice of §8 above it", NULL, 0 },
    { "signature", "`{\"name\":\"…\",\"agree\":true}`",
      "or `{\"strokes\":\"x,y x,y;…\"}` as drawn, or `{\"file\":\"…\"}`; on paper a line "
      "to "
      "sign",
      NULL, 0 },
    { "rows", "`[{…},{…}]`", "an object for each row, with the keys of the columns", NULL,
      0 },
    { "note", "none", "a text to read", NULL, 0 },
};
const struct pack_chapter form_type_chapter = PACK_CHAPTER(
    "types", "Key, the answer in JSON, and what it is.", type_words);
