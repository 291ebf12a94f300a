/* map — the house as a picture: rooms, arrows, the longest chain, cycles.
 * SPDX-License-Identifier: MPL-2.0 */
#include "arrows.h"

#include <stdio.h>
#include <string.h>

/* Depth-first; `on_way` holds who is being visited, so meeting one again is a cycle. */
static void visit(struct house *h, int room, bool *seen, bool *on_way)
{
    seen[room] = true;
    on_way[room] = true;
    for (int to = 0; to < h->room_count; to++) {
        if (h->arrows[room][to] == 0) {
            continue;
        }
        if (on_way[to]) {
            house_complain(h, "src", 1, "a circle: %s → … → %s → %s", h->rooms[to].name,
                           h->rooms[room].name, h->rooms[to].name);
        } else if (!seen[to]) {
            visit(h, to, seen, on_way);
        }
    }
    on_way[room] = false;
}

void map_cycles(struct house *h)
{
    bool seen[ROOMS] = { false }, on_way[ROOMS] = { false };

    for (int i = 0; i < h->room_count; i++) {
        if (!seen[i]) {
            visit(h, i, seen, on_way);
        }
    }
}

static int chain(const struct house *h, int room, int *best, int *next)
{
    if (best[room] > 0) {
        return best[room];
    }
    best[room] = 1;
    next[room] = -1;
    for (int to = 0; to < h->room_count; to++) {
        if (h->arrows[room][to] > 0 && chain(h, to, best, next) + 1 > best[room]) {
            best[room] = best[to] + 1;
            next[room] = to;
        }
    }
    return best[room];
}

static void print_chain(const struct house *h)
{
    int best[ROOMS] = { 0 }, next[ROOMS];
    int longest = 0;

    for (int i = 0; i < h->room_count; i++) {
        if (chain(h, i, best, next) > best[longest]) {
            longest = i;
        }
    }
    printf("\nlongest chain (%d): ", h->room_count > 0 ? best[longest] : 0);
    for (int i = longest; h->room_count > 0 && i >= 0; i = next[i]) {
        printf("%s%s", i == longest ? "" : " → ", h->rooms[i].name);
    }
    putchar('\n');
}

void map_print(const struct house *h)
{
    for (int i = 0; i < h->room_count; i++) {
        printf("%-20s %3d files %6d lines →", h->rooms[i].name, h->rooms[i].files,
               h->rooms[i].lines);
        for (int to = 0; to < h->room_count; to++) {
            if (h->arrows[i][to] > 0) {
                printf(" %s(%d)", h->rooms[to].name, h->arrows[i][to]);
            }
        }
        putchar('\n');
    }
    print_chain(h);
}

bool map_draw(const struct house *h, const char *dot_path)
{
    static const char *const floors[] = {
        "app", "feature", "desk", "kernel", "host", "base"
    };
    FILE *out = fopen(dot_path, "w");

    if (out == NULL) {
        return false;
    }
    fputs("digraph house {\nrankdir=TB; node [shape=box fontname=\"sans-serif\" "
          "fontsize=11];\nedge [color=\"#0a586088\"];\n",
          out);
    for (size_t f = 0; f < sizeof floors / sizeof floors[0]; f++) {
        fprintf(out, "subgraph cluster_%zu { label=\"%s\"; color=\"#999999\";\n", f,
                floors[f]);
        for (int i = 0; i < h->room_count; i++) {
            if (strncmp(h->rooms[i].name, floors[f], strlen(floors[f])) == 0) {
                fprintf(out, "\"%s\" [tooltip=\"%d files, %d lines\"];\n", h->rooms[i].name,
                        h->rooms[i].files, h->rooms[i].lines);
            }
        }
        fputs("}\n", out);
    }
    for (int i = 0; i < h->room_count; i++) {
        for (int to = 0; to < h->room_count; to++) {
            /* Everybody stands on the ground: those arrows would hide the others. */
            if (h->arrows[i][to] > 0 && strcmp(h->rooms[to].name, "base") != 0) {
                fprintf(out, "\"%s\" -> \"%s\";\n", h->rooms[i].name, h->rooms[to].name);
            }
        }
    }
    fputs("}\n", out);
    return fclose(out) == 0;
}
