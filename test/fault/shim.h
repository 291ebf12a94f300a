/* shim — what the shim writes down and what a test may order. record.js reads the same.
 *
 * The record is one file of entries in the order in which things happened; the mutex of the
 * shim is held over a write and its entry, so the order is exact. Numbers are little-endian.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FAULT_SHIM_H
#define BIANMIN_FAULT_SHIM_H

#include <stdatomic.h>
#include <stdint.h>

enum shim_kind {
    SHIM_FOLDER = 1,     /* the first entry: `file` is the folder's inode */
    SHIM_OPEN = 2,       /* bytes: the name; a file that was there */
    SHIM_CREATE = 3,     /* bytes: the name; a new one */
    SHIM_WRITE = 4,      /* bytes at `at`; what was really written, though it be short */
    SHIM_TRUNCATE = 5,   /* to `at` bytes */
    SHIM_SYNC_BEGIN = 6, /* of a file or the folder; covers the writes before this entry */
    SHIM_SYNC_END = 7, /* `at`: 0 or the errno; `begin`: which SYNC_BEGIN, counted from 0 */
    SHIM_UNLINK = 8,   /* bytes: the name */
    SHIM_RENAME = 9,   /* bytes: from, NUL, to */
    SHIM_ANSWER = 10,  /* bytes that are about to be sent to a client (their beginning) */
    SHIM_SWALLOWED = 11, /* a sync that was answered with "done" and not done */
    SHIM_SYNC_TOLD = 12, /* like SYNC_END: one that only tells that another had failed */
};

struct shim_entry {
    uint32_t kind, bytes; /* `bytes` follow */
    uint64_t file;        /* the inode */
    uint64_t at;
    uint64_t begin;
};

/* Which files, by name. */
enum {
    SHIM_MAIN = 1,
    SHIM_MAIN_LOG = 2,
    SHIM_FILES = 4,
    SHIM_FILES_LOG = 8,
    SHIM_OTHER = 16,
};

/* Which steps. */
enum {
    SHIM_WRITES = 1,
    SHIM_SYNCS = 2,
    SHIM_TRUNCATIONS = 4,
};

enum { SHIM_KILL = -1 }; /* as the code: the process is killed */

/* A page shared with the test, which writes `countdown` last. Eight numbers of 64 bits. */
struct shim_orders {
    _Atomic int64_t countdown; /* the n-th step from now on fails; 0: none */
    _Atomic int64_t files, steps;
    _Atomic int64_t code;   /* errno */
    _Atomic int64_t sticky; /* 1: so does every one after it */
    _Atomic int64_t taken;  /* 1: a write that fails has taken half of its bytes; 2: it
                               says so (a short write) */
    _Atomic int64_t failed; /* how many have failed since the order */
    _Atomic int64_t seen;   /* how many such steps there have been */
};

#endif
