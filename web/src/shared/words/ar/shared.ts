import type { Words } from '..';
import type { shared as english } from '../en/shared';

/** Arabic of the same. */
export const shared: Record<keyof typeof english, Words> = {
  'app.phone': 'الهاتف',
  'app.skip': 'تخطَّ إلى المحتوى',
  'common.back': 'رجوع',
  'common.cancel': 'إلغاء',
  'common.close': 'إغلاق',
  'common.retry': 'إعادة المحاولة',
  'common.copy': 'نسخ',
  'common.copied': 'نُسخ',
  'common.save': 'حفظ',
  'common.saved': 'حُفظ',
  'common.more': 'المزيد عن {what}',
  'common.loading': 'جارٍ التحميل',
  'common.you': 'أنت',
  'common.search': 'بحث',

  'theme.label': 'المظهر: {theme}',
  'theme.system': 'كالنظام',
  'theme.light': 'فاتح',
  'theme.dark': 'داكن',

  'live.lost': 'انقطع الاتصال منذ {time}. يُحفظ هنا ما تكتبه ويمكن إرساله من جديد، ولا يصل أي جديد.',
  'live.back': 'عاد الاتصال',
  'clock.label': 'ساعة هذا العالم',

  'error.title': 'تعذّر التحميل',
  'error.offline': 'تعذّر الوصول إلى الخادم. هل ما زال يعمل؟',
  'error.crash': 'توقّف هذا الهاتف بسبب خطأ في الصفحة.',
  'error.crashAction': 'إعادة تشغيله',

  'time.yesterday': 'أمس',
  'time.today': 'اليوم',
  'time.now': 'الآن',
  'time.minutes': '{count} د',
  'time.hours': '{count} س',
  'time.days': { one: 'يوم', two: 'يومين', few: '{count} أيام', many: '{count} يومًا', other: '{count} يوم' },
  'time.weeks': { one: 'أسبوع', two: 'أسبوعين', few: '{count} أسابيع', many: '{count} أسبوعًا', other: '{count} أسبوع' },

  'window.open': 'مفتوحة',
  'window.human_agent': 'للموظف البشري فقط',
  'window.closed': 'مغلقة',
  'window.none': 'لم يُكتب شيء بعد',
  'window.openLeft': 'يمكن الرد خلال {left}',
  'window.humanLeft': 'لموظف بشري فقط، خلال {left}',
  'window.closedWhy': 'لا يمكنه الكتابة قبل أن تكتب أنت',
  'window.noneWhy': 'لا يمكنه الكتابة قبل أن تبدأ أنت',
  'window.ring': '{name}، {state}',
};
