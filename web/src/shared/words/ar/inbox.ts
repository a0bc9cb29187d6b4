import type { Words } from '..';
import type { inbox as english } from '../en/inbox';

/** Arabic of the same. */
export const inbox: Record<keyof typeof english, Words> = {
  'inbox.title': 'صندوق الوارد',
  'inbox.rail': 'صندوق الوارد',
  'inbox.settings': 'الإعدادات',
  'inbox.comments': 'التعليقات',
  'inbox.me': 'أنت: {name}',
  'inbox.palette': 'كل الإجراءات',
  'inbox.lost':
    'انقطع الاتصال منذ {time}. يمكنك قراءة ما هو معروض هنا، وما ترسله ينتظر حتى يعود الاتصال بصندوق الوارد.',
  'inbox.crash': 'توقّف هذا الجزء من صندوق الوارد بسبب خطأ في الصفحة.',
};
