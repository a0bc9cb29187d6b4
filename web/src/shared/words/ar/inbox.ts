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

  'inbox.undo': 'تراجع',
  'inbox.done.resolve': {
    one: 'أُنجزت المحادثة',
    two: 'أُنجزت محادثتان',
    few: 'أُنجزت {count} محادثات',
    many: 'أُنجزت {count} محادثة',
    other: 'أُنجزت {count} محادثة',
  },
  'inbox.done.reopen': {
    one: 'أُعيد فتح المحادثة',
    two: 'أُعيد فتح محادثتين',
    few: 'أُعيد فتح {count} محادثات',
    many: 'أُعيد فتح {count} محادثة',
    other: 'أُعيد فتح {count} محادثة',
  },
  'inbox.done.snooze': {
    one: 'أُجّلت المحادثة',
    two: 'أُجّلت محادثتان',
    few: 'أُجّلت {count} محادثات',
    many: 'أُجّلت {count} محادثة',
    other: 'أُجّلت {count} محادثة',
  },
  'inbox.done.other': {
    one: 'غُيّرت المحادثة',
    two: 'غُيّرت محادثتان',
    few: 'غُيّرت {count} محادثات',
    many: 'غُيّرت {count} محادثة',
    other: 'غُيّرت {count} محادثة',
  },
  'inbox.failedOne': 'لم تتغيّر محادثة {name}: {why}',
  'inbox.failedMany': {
    one: 'لم تتغيّر محادثة واحدة: {why}',
    two: 'لم تتغيّر محادثتان: {why}',
    few: 'لم تتغيّر {count} محادثات: {why}',
    many: 'لم تتغيّر {count} محادثة: {why}',
    other: 'لم تتغيّر {count} محادثة: {why}',
  },
};
