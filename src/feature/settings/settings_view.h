/* What the pages of settings show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SETTINGS_VIEW_H
#define BIANMIN_FEATURE_SETTINGS_VIEW_H

#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct settings_item {
    struct url link;
    struct words text, help;
};
struct settings_index {
    const struct settings_item *items;
    size_t items_count;
};

/* One text in three languages. */
struct settings_label {
    struct words text;
    struct entry zh, en, ja;
};
struct settings_profile {
    struct settings_label name, short_name, address, hours;
    struct entry telephone, email, map;
};
struct settings_office {
    str form_token;
    struct url to;
    struct settings_profile profile;
    bool saved;
    struct shell_mistakes mistakes;
};

struct settings_unit_row {
    str key, telephone;
    struct label name;
    struct url link;
};
struct settings_units {
    str form_token, id;
    struct url to, fresh;
    const struct settings_unit_row *units;
    size_t units_count;
    bool none, editing, saved;
    struct entry key, telephone;
    struct settings_label name;
    struct shell_mistakes mistakes;
};

struct settings_person_row {
    str name, title, sign_name, deputy;
    struct label unit;
    const struct words *duties;
    size_t duties_count;
    struct url link;
    bool active;
};
struct settings_people {
    struct url fresh;
    const struct settings_person_row *people;
    size_t people_count;
};
struct settings_option {
    str value, text;
    bool chosen;
};
struct settings_person {
    str form_token, name_now, sign_name_now, suffix;
    struct url to, link_to, away_to, leave;
    bool is_new, active, saved;
    struct entry sign_name, name, title, telephone, away_from, away_until;
    const struct settings_option *units;
    size_t units_count;
    const struct settings_option *duties;
    size_t duties_count;
    const struct settings_option *deputies;
    size_t deputies_count;
    struct words duties_error, unit_error;
    bool duties_bad, unit_bad;
    struct shell_mistakes mistakes;
};
/* Shown once, right after it was made. */
struct settings_link {
    str name, address;
    struct url people;
};

struct settings_definition_row {
    str key, file, published;
    struct label name; /* empty: the kind says what it is */
    struct words kind;
    int64_t version;
    bool has_name, has_cases; /* of a service that was published more than once */
    struct url link, cases;
};
struct settings_definitions {
    const struct settings_definition_row *definitions;
    size_t definitions_count;
    const struct settings_definition_row *ready; /* not published yet */
    size_t ready_count;
    struct url load;
    bool none, loaded, has_ready;
};
struct settings_mistake {
    str place;
    struct words say;
};
struct settings_touched {
    struct label name;
    str matter;
    const struct words *says;
    size_t says_count;
    const struct label *services;
    size_t services_count;
    bool none;
};
/* What people would notice. */
struct settings_change {
    struct words say;
    bool citizen;
};
struct settings_load {
    /* Looked at before it is published. */
    bool previews, is_service, is_new, no_changes;
    str seen;
    int64_t next; /* the version it becomes */
    const struct settings_change *changes;
    size_t changes_count;
    const struct settings_mistake *advice;
    size_t advice_count;
    struct html panels;
    str form_token, source, key;
    struct label name;
    struct words kind;
    struct shell_mistakes too_old; /* mistakes have places of their own */
    struct url to;
    bool has_mistakes, is_known, has_name;
    int64_t count, version;
    const struct settings_mistake *mistakes;
    size_t mistakes_count;
    bool touches; /* a changed authority table: seen before it is published */
    const struct settings_touched *touched;
    size_t touched_count;
};

struct settings_matter_service {
    struct label name;
    struct url link;
};
struct settings_matter {
    str key;
    struct label name, title; /* what the office calls the level */
    struct words level, proposes, since;
    bool has_title;
    int64_t seals; /* as designed */
    const struct label *consults;
    size_t consults_count;
    const struct words *through; /* levels that pass it on */
    size_t through_count;
    const struct settings_matter_service *services;
    size_t services_count;
};
struct settings_authority {
    bool none, may_change, leads;
    int64_t version;
    str from;
    struct url change, seals;
    const struct settings_matter *matters;
    size_t matters_count;
};

struct settings_service {
    str key;
    struct label name, summary;
    bool chosen;
};
struct settings_setup {
    str form_token;
    struct url to;
    struct label city;
    struct settings_profile profile;
    struct entry unit_names, person, title, sign_name, password, again;
    const struct settings_service *services;
    size_t services_count;
    bool has_services;
    struct shell_mistakes mistakes;
};

#endif
