/* arrows — reads the rules and the include lines.
 * SPDX-License-Identifier: MPL-2.0 */
#include "arrows.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void house_complain(struct house *h, const char *path, int line, const char *format, ...)
{
    va_list list;

    h->mistakes++;
    printf("%s:%d: ", path, line);
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    putchar('\n');
}

int house_room(struct house *h, const char *name)
{
    for (int i = 0; i < h->room_count; i++) {
        if (strcmp(h->rooms[i].name, name) == 0) {
            return i;
        }
    }
    if (h->room_count == ROOMS) {
        house_complain(h, name, 1, "more rooms than tools/arrows counts");
        return ROOMS - 1;
    }
    snprintf(h->rooms[h->room_count].name, ROOM_NAME, "%s", name);
    return h->room_count++;
}

static bool floor_is(const char *room, const char *floor)
{
    size_t len = strlen(floor);

    return strncmp(room, floor, len) == 0 && (room[len] == '/' || room[len] == '\0');
}

static bool is_named(const struct house *h, const char *path, size_t len)
{
    for (int i = 0; i < h->may_count; i++) {
        if (strlen(h->may[i].from) == len && strncmp(h->may[i].from, path, len) == 0) {
            return true;
        }
    }
    return false;
}

/* "kernel/form/form.h" is in "kernel/form", "base/str.h" in "base". A folder within a room
 * is a room when a line begins with it ("desk/field", "host/store/sqlite"), else a part. */
static void room_of(const struct house *h, const char *path, char *ret_room)
{
    const char *end = strchr(path, '/'), *further;

    if (end != NULL && (floor_is(path, "host") || floor_is(path, "kernel") ||
                        floor_is(path, "feature"))) {
        further = strchr(end + 1, '/');
        end = further != NULL ? further : end;
    }
    further = end != NULL ? strchr(end + 1, '/') : NULL;
    if (further != NULL && is_named(h, path, (size_t)(further - path))) {
        end = further;
    }
    snprintf(ret_room, ROOM_NAME, "%.*s", end == NULL ? 0 : (int)(end - path), path);
}

/* Where the name of a room within a room goes on ("/sqlite" of "host/store/sqlite"); NULL:
 * it is none. */
static const char *within(const char *room)
{
    const char *first = strchr(room, '/');

    return first == NULL ? NULL : strchr(first + 1, '/');
}

/* A floor stands for its rooms, a room for itself only; and what is within a machine
 * ("host/store/sqlite") nobody sees who is not named with it. */
static bool covers(const char *named, const char *room)
{
    if (strcmp(named, "*") == 0) {
        return within(room) == NULL || !floor_is(room, "host");
    }
    return strcmp(named, room) == 0 ||
           (strchr(named, '/') == NULL && floor_is(room, named));
}

/* What the kernel has in several rooms ("kernel/casefile/act") is one thing from outside:
 * who may see the outer room sees those within. Among themselves each is named. */
static bool shows(const char *named, const char *from, const char *to)
{
    const char *inner = within(to);

    if (covers(named, to)) {
        return true;
    }
    return inner != NULL && floor_is(to, "kernel") && !floor_is(from, named) &&
           strlen(named) == (size_t)(inner - to) && floor_is(to, named);
}

static void add_allowance(struct house *h, const char *from, const char *to, int line)
{
    struct allowance *m = &h->may[h->may_count];

    if (h->may_count == (int)(sizeof h->may / sizeof h->may[0])) {
        house_complain(h, "src/layers.txt", line,
                       "more allowances than tools/arrows counts");
        return;
    }
    snprintf(m->from, ROOM_NAME, "%s", from);
    snprintf(m->to, ROOM_NAME, "%s", to);
    m->line = line;
    h->may_count++;
}

static void add_library(struct house *h, const char *header, const char *room, int line)
{
    if (h->library_count == (int)(sizeof h->libraries / sizeof h->libraries[0])) {
        house_complain(h, "src/layers.txt", line,
                       "more libraries than tools/arrows counts");
        return;
    }
    snprintf(h->libraries[h->library_count].header, ROOM_NAME, "%s", header);
    snprintf(h->libraries[h->library_count].room, ROOM_NAME, "%s", room);
    h->libraries[h->library_count++].line = line;
}

bool house_read_layers(struct house *h, const char *path)
{
    FILE *in = fopen(path, "r");
    char text[400];
    int line = 0;

    if (in == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return false;
    }
    while (fgets(text, sizeof text, in) != NULL) {
        char *save = NULL;
        char *first = strtok_r(text, " \t\n", &save);
        char *next;
        char from[ROOM_NAME];
        bool library;

        line++;
        if (first == NULL || first[0] == '#') {
            continue;
        }
        library = strcmp(first, "library") == 0;
        snprintf(from, sizeof from, "%s", library ? strtok_r(NULL, " \t\n", &save) : first);
        while ((next = strtok_r(NULL, " \t\n", &save)) != NULL) {
            if (library) {
                add_library(h, next, from, line);
            } else {
                add_allowance(h, from, next, line);
            }
        }
    }
    fclose(in);
    return true;
}

static bool ends_with(const char *text, const char *end)
{
    size_t a = strlen(text), b = strlen(end);

    return a >= b && strcmp(text + a - b, end) == 0;
}

/* All lines that allow it are used by it: a second one would be superfluous, but it is
 * only a mistake when nothing needs it. */
static bool may(struct house *h, const char *file, const char *from, const char *to)
{
    bool allowed = false;

    for (int i = 0; i < h->may_count; i++) {
        struct allowance *m = &h->may[i];
        bool fits;

        if (m->from[0] == '_') {
            char c_end[ROOM_NAME + 2], h_end[ROOM_NAME + 2];

            snprintf(c_end, sizeof c_end, "%s.c", m->from);
            snprintf(h_end, sizeof h_end, "%s.h", m->from);
            fits = (floor_is(from, "kernel") || floor_is(from, "feature")) &&
                   (ends_with(file, c_end) || ends_with(file, h_end));
        } else {
            fits = covers(m->from, from);
        }
        if (fits && shows(m->to, from, to)) {
            m->used = true;
            allowed = true;
        }
    }
    return allowed;
}

/* Tests, and what several of them share (x_test.h, x_try.h), may look everywhere. */
static bool is_test(const char *path)
{
    return ends_with(path, "_test.c") || ends_with(path, "_test.h") ||
           ends_with(path, "_fuzz.c") || ends_with(path, "try.h");
}

static void read_quoted(struct house *h, const char *path, int line, const char *from,
                        const char *header)
{
    char to[ROOM_NAME];
    bool test = is_test(path);

    /* The header of a view is made in the room of its .view; views are called by their own
     * room and by those that may use the desk's widgets. */
    if (strchr(header, '/') == NULL) {
        if (!ends_with(header, ".view.h") && strcmp(from, "app") != 0) {
            house_complain(h, path, line,
                           "write \"%s\" from src/, so that the line is the arrow", header);
        }
        return;
    }
    room_of(h, header, to);
    if (test || strcmp(from, to) == 0) {
        return;
    }
    h->arrows[house_room(h, from)][house_room(h, to)]++;
    if (floor_is(from, "feature") && floor_is(to, "feature")) {
        house_complain(h, path, line,
                       "features never know each other (%s → %s): go through the "
                       "kernel, through events or by a route's name",
                       from, to);
    } else if (!may(h, path, from, to)) {
        house_complain(h, path, line, "%s may not include %s (src/layers.txt)", from, to);
    }
}

static void read_library(struct house *h, const char *path, int line, const char *from,
                         const char *header)
{
    bool named = false, here = false;

    if (is_test(path)) {
        return;
    }
    for (int i = 0; i < h->library_count; i++) {
        if (strncmp(header, h->libraries[i].header, strlen(h->libraries[i].header)) == 0) {
            named = true;
            if (strcmp(h->libraries[i].room, from) == 0 ||
                strcmp(h->libraries[i].room, "*") == 0) {
                here = true;
                h->libraries[i].used = true;
            }
        }
    }
    if (!named) {
        house_complain(h, path, line, "<%s> is in no library line of src/layers.txt",
                       header);
    } else if (!here) {
        house_complain(h, path, line, "<%s> belongs to another room (src/layers.txt)",
                       header);
    }
}

void house_read_file(struct house *h, const char *path)
{
    FILE *in = fopen(path, "r");
    char text[400], name[200], from[ROOM_NAME];
    int line = 0;
    int room;

    if (in == NULL) {
        house_complain(h, path, 1, "cannot be read");
        return;
    }
    room_of(h, path + strlen("src/"), from);
    room = house_room(h, from);
    h->rooms[room].files++;
    while (fgets(text, sizeof text, in) != NULL) {
        line++;
        if (sscanf(text, "#include \"%199[^\"]\"", name) == 1 ||
            sscanf(text, "use \"%199[^\"]\"", name) == 1) {
            if (text[0] == 'u' && strchr(name, '/') == NULL) {
                continue; /* a view uses its neighbour */
            }
            read_quoted(h, path, line, from, name);
        } else if (sscanf(text, "#include <%199[^>]>", name) == 1) {
            read_library(h, path, line, from, name);
        }
    }
    h->rooms[room].lines += line;
    fclose(in);
}
