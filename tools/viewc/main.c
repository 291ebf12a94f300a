/* main — viewc IN.view OUT.c OUT.h · viewc --extract IN.view … (a .pot on standard output).
 * SPDX-License-Identifier: MPL-2.0 */
#include "viewc.h"

#include <stdlib.h>
#include <string.h>

static char *read_whole(const char *path, size_t *ret_len)
{
    FILE *in = fopen(path, "rb");
    char *text = NULL;
    size_t len = 0, got;

    if (in == NULL) {
        return NULL;
    }
    do {
        char *more = realloc(text, len + 65536);

        if (more == NULL) {
            free(text);
            fclose(in);
            return NULL;
        }
        text = more;
        got = fread(text + len, 1, 65536, in);
        len += got;
    } while (got > 0);
    fclose(in);
    *ret_len = len;
    return text;
}

static bool write_whole(const char *path, const char *text)
{
    FILE *out = fopen(path, "wb");
    bool ok = out != NULL && fputs(text, out) >= 0;

    return out != NULL && fclose(out) == 0 && ok;
}

static bool compile(const char *path, const char *code, const char *header)
{
    struct view_result made;
    size_t len = 0;
    char *text = read_whole(path, &len);
    bool ok;

    if (text == NULL) {
        fprintf(stderr, "%s:1:1: this file cannot be read\n", path);
        return false;
    }
    made = view_compile(path, text, len, code == NULL ? stdout : NULL, stderr);
    ok = made.ok && (code == NULL ||
                     (write_whole(code, made.code) && write_whole(header, made.header)));
    free(made.code);
    free(made.header);
    free(text);
    return ok;
}

int main(int argc, char **argv)
{
    bool ok = true;

    if (argc >= 2 && strcmp(argv[1], "--extract") == 0) {
        for (int i = 2; i < argc; i++) {
            ok = compile(argv[i], NULL, NULL) && ok;
        }
        return ok ? 0 : 1;
    }
    if (argc != 4) {
        fputs("viewc IN.view OUT.c OUT.h, or viewc --extract IN.view …\n", stderr);
        return 2;
    }
    return compile(argv[1], argv[2], argv[3]) ? 0 : 1;
}
