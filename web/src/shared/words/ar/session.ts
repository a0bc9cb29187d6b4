import type { Words } from '..';
import type { session as english } from '../en/session';

/** Arabic of the same. */
export const session: Record<keyof typeof english, Words> = {
  'door.label': 'صندوق وارد بارلانس',
  'door.language': 'اللغة: {name}',

  'login.title': 'تسجيل الدخول',
  'login.email': 'البريد الإلكتروني',
  'login.password': 'كلمة المرور',
  'login.submit': 'تسجيل الدخول',
  'login.wrong': 'البريد الإلكتروني أو كلمة المرور غير صحيحة.',
  'login.codeTitle': 'خطوة أخيرة',
  'login.codeLead': 'حسابك محمي بتطبيق مصادقة. أنت تدخل باسم {email}.',
  'login.code': 'رمز تطبيق المصادقة',
  'login.codeHelp': 'ستة أرقام تتجدد كل 30 ثانية',
  'login.wrongCode': 'ليس هذا هو الرمز المعروض الآن. كل رمز يصلح مرة واحدة.',
  'login.back': 'الدخول بحساب آخر',
  'login.tooOften': 'محاولات كثيرة. أعد المحاولة بعد {time}.',

  'join.title': 'انضم إلينا',
  'join.lead': 'دُعيت إلى العمل في صندوق الوارد هذا. عرّف بنفسك واختر كلمة مرور.',
  'join.name': 'اسمك',
  'join.nameHelp': 'يراه زملاؤك، ويراه العملاء حيث يذكره رد جاهز.',
  'join.password': 'كلمة المرور',
  'join.rule': '10 أحرف أو أكثر. بضع كلمات متتالية يسهل تذكرها ويصعب تخمينها.',
  'join.short': {
    zero: 'لا ينقص شيء.',
    one: 'ينقص حرف واحد.',
    two: 'ينقص حرفان.',
    few: 'تنقص {count} أحرف.',
    many: 'ينقص {count} حرفًا.',
    other: 'ينقص {count} حرف.',
  },
  'join.taken': 'هذا العنوان مستخدم بالفعل: سجّل الدخول أو اختر عنوانًا آخر.',
  'join.submit': 'انضمام',
  'join.over': 'لم يعد هذا الرابط صالحًا',
  'join.overWhy': 'كل رابط يُدخل شخصًا واحدًا خلال سبعة أيام. اطلب رابطًا آخر ممن أرسله.',
  'join.cut': 'هذا الرابط ناقص',
  'join.cutWhy': 'افتحه كما أُرسل إليك: ما بعد العلامة # هو المفتاح.',
  'join.login': 'تسجيل الدخول بدلًا من ذلك',
};
