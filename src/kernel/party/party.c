/* party — names of duties and levels, as definitions write them and as people read them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/party/party.h"

const str duty_key[DUTY_COUNT] = {
    [DUTY_OFFICER] = STR_INIT("officer"),
    [DUTY_UNIT_HEAD] = STR_INIT("unit_head"),
    [DUTY_SECRETARY] = STR_INIT("secretary"),
    [DUTY_HEAD] = STR_INIT("head"),
    [DUTY_COORDINATOR] = STR_INIT("coordinator"),
    [DUTY_DISPATCHER] = STR_INIT("dispatcher"),
    [DUTY_CASHIER] = STR_INIT("cashier"),
    [DUTY_ACCOUNTANT] = STR_INIT("accountant"),
    [DUTY_PERSONNEL] = STR_INIT("personnel"),
    [DUTY_ETHICS] = STR_INIT("ethics"),
    [DUTY_SEAL_KEEPER] = STR_INIT("seal_keeper"),
    [DUTY_ARCHIVIST] = STR_INIT("archivist"),
    [DUTY_SWITCHBOARD] = STR_INIT("switchboard"),
    [DUTY_VILLAGE] = STR_INIT("village"),
    [DUTY_VOLUNTEER] = STR_INIT("volunteer"),
    [DUTY_AUDITOR] = STR_INIT("auditor"),
    [DUTY_ADMIN] = STR_INIT("admin"),
    [DUTY_STUDY] = STR_INIT("study"),
};
const char *const duty_name[DUTY_COUNT] = {
    [DUTY_OFFICER] = MSG("Officer in charge"),
    [DUTY_UNIT_HEAD] = MSG("Unit head"),
    [DUTY_SECRETARY] = MSG("Secretary-general"),
    [DUTY_HEAD] = MSG("Head of agency"),
    [DUTY_COORDINATOR] = MSG("Service-quality coordinator"),
    [DUTY_DISPATCHER] = MSG("Dispatcher of cases"),
    [DUTY_CASHIER] = MSG("Cashier"),
    [DUTY_ACCOUNTANT] = MSG("Accountant"),
    [DUTY_PERSONNEL] = MSG("Personnel"),
    [DUTY_ETHICS] = MSG("Government ethics"),
    [DUTY_SEAL_KEEPER] = MSG("Seal keeper"),
    [DUTY_ARCHIVIST] = MSG("Archivist"),
    [DUTY_SWITCHBOARD] = MSG("Switchboard"),
    [DUTY_VILLAGE] = MSG("Village officer"),
    [DUTY_VOLUNTEER] = MSG("Volunteer"),
    [DUTY_AUDITOR] = MSG("Auditor"),
    [DUTY_ADMIN] = MSG("System administrator"),
    [DUTY_STUDY] = MSG("Law study group"),
};
const str level_key[LEVEL_COUNT] = {
    [LEVEL_OFFICER] = STR_INIT("officer"),
    [LEVEL_UNIT_HEAD] = STR_INIT("unit_head"),
    [LEVEL_SECRETARY] = STR_INIT("secretary"),
    [LEVEL_HEAD] = STR_INIT("head"),
};
const char *const level_name[LEVEL_COUNT] = {
    [LEVEL_OFFICER] = MSG("Officer in charge"),
    [LEVEL_UNIT_HEAD] = MSG("Unit head"),
    [LEVEL_SECRETARY] = MSG("Secretary-general"),
    [LEVEL_HEAD] = MSG("Head of agency"),
};

bool duty_from_key(str key, enum duty *ret)
{
    for (size_t i = 0; i < DUTY_COUNT; i++) {
        if (str_equal(duty_key[i], key)) {
            *ret = (enum duty)i;
            return true;
        }
    }
    return false;
}

bool level_from_key(str key, enum level *ret)
{
    for (size_t i = 0; i < LEVEL_COUNT; i++) {
        if (str_equal(level_key[i], key)) {
            *ret = (enum level)i;
            return true;
        }
    }
    return false;
}

enum duty level_duty(enum level l)
{
    static const enum duty duties[LEVEL_COUNT] = {
        [LEVEL_OFFICER] = DUTY_OFFICER,
        [LEVEL_UNIT_HEAD] = DUTY_UNIT_HEAD,
        [LEVEL_SECRETARY] = DUTY_SECRETARY,
        [LEVEL_HEAD] = DUTY_HEAD,
    };

    return duties[l];
}

duty_set actor_serves(const struct actor *who)
{
    duty_set set = who->duties;

    for (size_t i = 0; i < who->stands_for_count; i++) {
        set |= who->stands_for[i].duties & ~DUTY(DUTY_ADMIN);
    }
    return set;
}
