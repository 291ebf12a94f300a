/* clock — the one place that reads the time.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/clock/clock.h"

#include <time.h>

static int64_t clock_read_ns(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t clock_steady_ns(void)
{
    return clock_read_ns(CLOCK_MONOTONIC);
}

#ifdef BIANMIN_TEST
#include "base/day.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* State of the seam: only a build for tests has it. */
static pthread_mutex_t seam_lock = PTHREAD_MUTEX_INITIALIZER;
static char seam_text[64] = "never read";
static _Atomic int64_t seam_offset_ms;
static _Atomic int64_t seam_read_again_ns;

/* "2026-03-02T10:00" in office time, or an offset in milliseconds. */
static int64_t seam_offset(str text, int64_t now_ms)
{
    day d;
    int64_t hour, minute, offset = 0;
    if (text.len == 16 && text.at[10] == 'T' && day_from_iso(str_slice(text, 0, 10), &d) &&
        str_to_int(str_slice(text, 11, 2), &hour) &&
        str_to_int(str_slice(text, 14, 2), &minute)) {
        return day_begins_ms(d) + (hour * 60 + minute) * 60000 - now_ms;
    }
    return str_to_int(text, &offset) ? offset : 0;
}

static void seam_read(int64_t now_ms)
{
    const char *path = getenv("BIANMIN_CLOCK");
    int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return;
    }
    char text[sizeof seam_text] = { 0 };
    ssize_t got = read(file, text, sizeof text - 1);
    close(file);
    /* A date sets the clock once, so the offset changes only with the text. */
    if (got >= 0 && strcmp(text, seam_text) != 0) {
        memcpy(seam_text, text, sizeof text);
        atomic_store(&seam_offset_ms, seam_offset(str_trim(str_of(text)), now_ms));
    }
}

int64_t clock_now_ms(void)
{
    int64_t now_ms = clock_read_ns(CLOCK_REALTIME) / 1000000;
    int64_t steady = clock_steady_ns();
    if (steady >= atomic_load(&seam_read_again_ns)) {
        pthread_mutex_lock(&seam_lock);
        if (steady >= atomic_load(&seam_read_again_ns)) {
            seam_read(now_ms);
            atomic_store(&seam_read_again_ns, steady + 1000000000);
        }
        pthread_mutex_unlock(&seam_lock);
    }
    return now_ms + atomic_load(&seam_offset_ms);
}
#else
int64_t clock_now_ms(void)
{
    return clock_read_ns(CLOCK_REALTIME) / 1000000;
}
#endif
