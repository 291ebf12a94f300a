/* work_template — takes an archive apart, as long as it is one of OpenDocument text and of
 * the size of a letter. Names that lead elsewhere, ciphers, macros, embedded objects and
 * anything else unknown are refused; what only adorns an editor's window is left out.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work_template.h"

#include <libxml/parser.h>
#include <string.h>
#include <zip.h>

#define NAME_MAX_BYTES 200
#define TEMPLATE_TYPE ODT_TYPE "-template"

static bool dropped(str name)
{
    static const char *const unneeded[] = { "Thumbnails/",  "Configurations2/",
                                            "layout-cache", "META-INF/",
                                            "manifest.rdf", "meta.xml" };

    for (size_t i = 0; i < sizeof unneeded / sizeof unneeded[0]; i++) {
        if (str_starts(name, str_of(unneeded[i]))) {
            return true;
        }
    }
    return str_ends(name, STR("/"));
}

static bool kept(str name)
{
    return str_equal(name, STR("mimetype")) || str_equal(name, STR("content.xml")) ||
           str_equal(name, STR("styles.xml")) || str_equal(name, STR("settings.xml")) ||
           (str_starts(name, STR("Pictures/")) && str_find(name, STR("..")) < 0 &&
            str_find(str_slice(name, 9, name.len), STR("/")) < 0);
}

static enum paper_word part_read(struct template *t, zip_t *z, zip_uint64_t at,
                                 size_t *io_sum)
{
    zip_stat_t about;
    struct odt_part *p = &t->parts[t->count];

    if (zip_stat_index(z, at, 0, &about) != 0 || about.name == NULL ||
        (about.valid & ZIP_STAT_SIZE) == 0 ||
        ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
         about.encryption_method != ZIP_EM_NONE) ||
        strlen(about.name) >= NAME_MAX_BYTES) {
        return PAPER_UNREADABLE;
    }
    p->name = str_copy(t->arena, str_of(about.name));
    if (dropped(p->name)) {
        return PAPER_DONE;
    }
    if (!kept(p->name)) {
        return PAPER_UNREADABLE;
    }
    *io_sum += about.size > TEMPLATE_BYTES ? TEMPLATE_BYTES + 1 : (size_t)about.size;
    if (*io_sum > TEMPLATE_BYTES) {
        return PAPER_TOO_LARGE;
    }
    char *bytes = arena_alloc(t->arena, (size_t)about.size + 1);
    zip_file_t *f = bytes == NULL ? NULL : zip_fopen_index(z, at, 0);
    if (f == NULL) {
        return PAPER_UNREADABLE;
    }
    /* One byte more than it says: then it lies. */
    zip_int64_t got = zip_fread(f, bytes, about.size + 1);
    bool whole = zip_fclose(f) == 0 && got == (zip_int64_t)about.size;
    p->bytes = (str){ bytes, (size_t)about.size };
    t->count += whole ? 1 : 0;
    return whole ? PAPER_DONE : PAPER_UNREADABLE;
}

static enum paper_word parts_read(struct template *t, zip_t *z)
{
    zip_int64_t entries = zip_get_num_entries(z, 0);
    size_t sum = 0;

    if (entries < 3 || entries > TEMPLATE_PARTS) {
        return PAPER_UNREADABLE;
    }
    for (zip_int64_t i = 0; i < entries; i++) {
        enum paper_word word = part_read(t, z, (zip_uint64_t)i, &sum);

        if (word != PAPER_DONE) {
            return word;
        }
    }
    return PAPER_DONE;
}

static str *part_of(struct template *t, const char *name)
{
    for (size_t i = 0; i < t->count; i++) {
        if (str_equal(t->parts[i].name, str_of(name))) {
            return &t->parts[i].bytes;
        }
    }
    return NULL;
}

static void xml_end(void *doc)
{
    xmlFreeDoc(doc);
}

/* No entity is taken out, no other file is read, and who declares any is refused. */
static bool xml_open(struct template *t, const char *name, xmlDocPtr *ret)
{
    str *bytes = part_of(t, name);
    xmlDocPtr doc = NULL;

    if (bytes != NULL && bytes->len < TEMPLATE_BYTES) {
        doc = xmlReadMemory(bytes->at, (int)bytes->len, NULL, NULL,
                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    }
    if (doc == NULL || !arena_defer(t->arena, xml_end, doc)) {
        return false;
    }
    *ret = doc;
    xmlNodePtr root = xmlDocGetRootElement(doc);
    return doc->intSubset == NULL && doc->extSubset == NULL && root != NULL &&
           template_is_harmless(root);
}

/* Pictures are written anew, as those of anybody else. */
static enum paper_word pictures_clean(struct template *t)
{
    for (size_t i = 0; i < t->count; i++) {
        struct odt_part *p = &t->parts[i];
        enum paper_word word = PAPER_JPEG;

        if (str_starts(p->name, STR("Pictures/"))) {
            word = work_clean_picture(t->arena, p->bytes, &p->bytes);
        }
        if (word != PAPER_JPEG && word != PAPER_PNG) {
            return word == PAPER_TOO_LARGE ? word : PAPER_UNREADABLE;
        }
    }
    return PAPER_DONE;
}

static bool is_text(struct template *t)
{
    str *type = part_of(t, "mimetype");

    return type != NULL &&
           (str_equal(*type, STR(ODT_TYPE)) || str_equal(*type, STR(TEMPLATE_TYPE)));
}

enum paper_word template_open(struct arena *a, str bytes, struct template *ret)
{
    zip_error_t why;
    xmlDocPtr settings;

    *ret = (struct template){ .arena = a };
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes.at, bytes.len, 0, &why);
    zip_t *z = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &why);
    if (z == NULL) {
        zip_source_free(source);
        return PAPER_UNREADABLE;
    }
    enum paper_word word = parts_read(ret, z);
    zip_discard(z);
    if (word != PAPER_DONE) {
        return word;
    }
    if (!is_text(ret) || !xml_open(ret, "content.xml", &ret->content) ||
        !xml_open(ret, "styles.xml", &ret->styles) ||
        (part_of(ret, "settings.xml") != NULL &&
         !xml_open(ret, "settings.xml", &settings))) {
        return PAPER_UNREADABLE;
    }
    return pictures_clean(ret);
}
