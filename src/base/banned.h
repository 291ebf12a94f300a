/* banned — functions that nobody calls here; forced into every file by the build.
 *
 * They overrun, share hidden state, depend on the locale or start a shell. Each line says
 * what to use. The idea is Git's.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BASE_BANNED_H
#define BIANMIN_BASE_BANNED_H

/* Declared first, so that the words below meet calls only. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED_(name, instead) name##_is_banned_use_##instead

#undef strcpy
#define strcpy(a, b) BANNED_(strcpy, str_copy)
#undef strcat
#define strcat(a, b) BANNED_(strcat, buf_put)
#undef strncpy
#define strncpy(a, b, n) BANNED_(strncpy, str_copy)
#undef strncat
#define strncat(a, b, n) BANNED_(strncat, buf_put)
#undef sprintf
#define sprintf(...) BANNED_(sprintf, str_format)
#undef vsprintf
#define vsprintf(...) BANNED_(vsprintf, str_format)
#undef strtok
#define strtok(a, b) BANNED_(strtok, str_cut)
#undef atoi
#define atoi(a) BANNED_(atoi, str_to_int)
#undef atol
#define atol(a) BANNED_(atol, str_to_int)
#undef atoll
#define atoll(a) BANNED_(atoll, str_to_int)
#undef gmtime
#define gmtime(a) BANNED_(gmtime, day_civil)
#undef localtime
#define localtime(a) BANNED_(localtime, day_at)
#undef asctime
#define asctime(a) BANNED_(asctime, day_text)
#undef ctime
#define ctime(a) BANNED_(ctime, day_text)
#undef rand
#define rand() BANNED_(rand, seal_random)
#undef srand
#define srand(a) BANNED_(srand, seal_random)
#undef random
#define random() BANNED_(random, seal_random)
#undef system
#define system(a) BANNED_(system, papers)
#undef popen
#define popen(a, b) BANNED_(popen, papers)
#undef tmpnam
#define tmpnam(a) BANNED_(tmpnam, mkstemp)
#undef mktemp
#define mktemp(a) BANNED_(mktemp, mkstemp)
#undef setlocale
#define setlocale(a, b) BANNED_(setlocale, lang)

#endif
