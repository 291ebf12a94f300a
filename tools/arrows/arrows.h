/* arrows — who includes whom, compared with who may (src/layers.txt).
 *
 * A room is a folder of the house: "base", "desk", "app", "host/store", "kernel/form",
 * "feature/apply", or a folder within one that layers.txt names: "host/store/sqlite". An
 * arrow is an include line that leaves its room. What a file may include follows from its
 * room and from the last part of its name; tests may include anything. The grammar of
 * layers.txt stands at its top.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_TOOLS_ARROWS_H
#define BIANMIN_TOOLS_ARROWS_H

#include <stdbool.h>
#include <stddef.h>

#define ROOMS 128
#define ROOM_NAME 48

struct room {
    char name[ROOM_NAME];
    int files, lines;
};

/* One line of layers.txt: `from` may include `to`. */
struct allowance {
    char from[ROOM_NAME], to[ROOM_NAME];
    int line;
    bool used;
};

struct house {
    struct room rooms[ROOMS];
    int room_count;
    int arrows[ROOMS][ROOMS]; /* include lines, tests apart */
    struct allowance may[512];
    int may_count;
    struct {
        char header[ROOM_NAME], room[ROOM_NAME];
        bool used;
        int line;
    } libraries[128];
    int library_count;
    int mistakes;
};

/* The number of the room, made when it is new. */
int house_room(struct house *h, const char *name);
bool house_read_layers(struct house *h, const char *path);
void house_read_file(struct house *h, const char *path);
void house_complain(struct house *h, const char *path, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* map.c: cycles are mistakes; the longest chain and the picture are for people. */
void map_cycles(struct house *h);
void map_print(const struct house *h);
bool map_draw(const struct house *h, const char *dot_path);

#endif
