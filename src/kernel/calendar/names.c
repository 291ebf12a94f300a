/* calendar — what the days of the official calendar are called in other languages. The
 * official files have Chinese names only.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/calendar/calendar.h"

#define NAME(zh, en, ja)                             \
    {                                                \
        {                                            \
            STR_INIT(zh), STR_INIT(en), STR_INIT(ja) \
        }                                            \
    }

static const struct label names[] = {
    NAME("補假", "substitute day off", "振替休日"),
    NAME("春節", "Lunar New Year", "旧正月"),
    NAME("調整放假", "day off moved here", "移動した休日"),
    NAME("補行上班", "make-up workday", "振替出勤日"),
    NAME("調整上班", "make-up workday", "振替出勤日"),
    NAME("農曆除夕", "Lunar New Year's Eve", "旧暦大みそか"),
    NAME("小年夜", "day before Lunar New Year's Eve", "旧暦大みそかの前日"),
    NAME("端午節", "Dragon Boat Festival", "端午節"),
    NAME("中秋節", "Mid-Autumn Festival", "中秋節"),
    NAME("國慶日", "National Day", "国慶日"),
    NAME("和平紀念日", "Peace Memorial Day", "和平記念日"),
    NAME("開國紀念日", "New Year's Day", "開国記念日（元日）"),
    NAME("中華民國開國紀念日", "New Year's Day", "開国記念日（元日）"),
    NAME("兒童節", "Children's Day", "児童節"),
    NAME("兒童節前一日放假", "day before Children's Day", "児童節の前日"),
    NAME("婦女節", "Women's Day", "婦人節"),
    NAME("兒童節及民族掃墓節", "Children's Day and Tomb-Sweeping Day", "児童節と清明節"),
    NAME("兒童節、民族掃墓節（清明節）", "Children's Day and Tomb-Sweeping Day",
         "児童節と清明節"),
    NAME("民族掃墓節", "Tomb-Sweeping Day", "清明節"),
    NAME("民族掃墓節（清明節）", "Tomb-Sweeping Day", "清明節"),
    NAME("清明節", "Tomb-Sweeping Day", "清明節"),
    NAME("勞動節", "Labour Day", "メーデー"),
    NAME("勞動節(僅勞工)", "Labour Day (workers only)", "メーデー（労働者のみ）"),
    NAME("教師節", "Teachers' Day", "教師節"),
    NAME("孔子誕辰紀念日", "Confucius' Birthday", "孔子誕生記念日"),
    NAME("孔子誕辰紀念日/教師節", "Confucius' Birthday, Teachers' Day",
         "孔子誕生記念日・教師節"),
    NAME("青年節", "Youth Day", "青年節"),
    NAME("行憲紀念日", "Constitution Day", "憲法記念日"),
    NAME("臺灣光復節", "Retrocession Day", "台湾光復節"),
    NAME("臺灣光復暨金門古寧頭大捷紀念日", "Retrocession and Guningtou Victory Day",
         "台湾光復・古寧頭勝利記念日"),
    NAME("放假", "day off", "休日"),
};

const struct label *calendar_label(str name)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (str_equal(names[i].in[LANG_ZH], name)) {
            return &names[i];
        }
    }
    return NULL;
}
