/* main — arrows LAYERS FILE … checks · arrows --map OUT.dot LAYERS FILE … prints and draws.
 * SPDX-License-Identifier: MPL-2.0 */
#include "arrows.h"

#include <stdio.h>
#include <string.h>

static void check_unused(struct house *h, const char *layers)
{
    for (int i = 0; i < h->may_count; i++) {
        if (!h->may[i].used) {
            house_complain(h, layers, h->may[i].line,
                           "%s does not include %s: take the allowance "
                           "away",
                           h->may[i].from, h->may[i].to);
        }
    }
    for (int i = 0; i < h->library_count; i++) {
        if (!h->libraries[i].used && strcmp(h->libraries[i].room, "*") != 0) {
            house_complain(h, layers, h->libraries[i].line,
                           "%s does not include <%s>: take it away", h->libraries[i].room,
                           h->libraries[i].header);
        }
    }
}

int main(int argc, char **argv)
{
    static struct house house;
    bool map = argc > 2 && strcmp(argv[1], "--map") == 0;
    int layers = map ? 3 : 1;

    if (argc <= layers || !house_read_layers(&house, argv[layers])) {
        fputs("arrows [--map OUT.dot] src/layers.txt src/…\n", stderr);
        return 2;
    }
    for (int i = layers + 1; i < argc; i++) {
        house_read_file(&house, argv[i]);
    }
    map_cycles(&house);
    check_unused(&house, argv[layers]);
    if (map) {
        map_print(&house);
        return map_draw(&house, argv[2]) ? 0 : 1;
    }
    printf("arrows: %d rooms, %d mistakes\n", house.room_count, house.mistakes);
    return house.mistakes == 0 ? 0 : 1;
}
