/* fault — makes the n-th step fail, so that tests walk every way out.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"

#ifdef BIANMIN_TEST
void store_fault_at(struct store *s, enum store_fault kind, long n)
{
    atomic_store(&s->faults.at[kind], n);
}

bool fault_is_now(struct store *s, enum store_fault kind)
{
    long n = atomic_load(&s->faults.at[kind]);

    return n < 0 || (n > 0 && atomic_fetch_sub(&s->faults.at[kind], 1) == 1);
}
#else
void store_fault_at(struct store *s, enum store_fault kind, long n)
{
    (void)s;
    (void)kind;
    (void)n;
}

bool fault_is_now(struct store *s, enum store_fault kind)
{
    (void)s;
    (void)kind;
    return false;
}
#endif
