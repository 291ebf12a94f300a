/* sanitized — which sanitizer is built in, for gcc and clang alike: ADDRESS_SANITIZED or
 * THREAD_SANITIZED, and SANITIZED for either.
 *
 * Their shadow takes terabytes of address space, they make system calls of their own, and
 * the second keeps a thread of its own and is many times slower. Who bounds memory, calls,
 * threads or time asks here.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BASE_SANITIZED_H
#define BIANMIN_BASE_SANITIZED_H

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZED 1
#elif defined(__SANITIZE_THREAD__)
#define THREAD_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZED 1
#elif __has_feature(thread_sanitizer)
#define THREAD_SANITIZED 1
#endif
#endif

#if defined(ADDRESS_SANITIZED) || defined(THREAD_SANITIZED)
#define SANITIZED 1
#endif

#endif
