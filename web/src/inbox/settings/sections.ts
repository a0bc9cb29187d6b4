/** The sections of the settings: one row for each, with the smallest right that shows it. */
import {
  AtSign,
  History,
  Keyboard,
  ListFilter,
  MessageSquareQuote,
  ShieldCheck,
  SlidersHorizontal,
  Tag,
  User,
  Users,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import type { Schemas } from '../data/api';
import { may } from '../data/may';

type Right = Parameters<typeof may>[1];

export interface Section {
  id: SectionId;
  /** Whether it is one's own or the desk's. */
  group: 'own' | 'desk';
  icon: LucideIcon;
  /** What one must be allowed to do; null for everybody. */
  need: Right | null;
}

export const SECTION_IDS = [
  'profile',
  'security',
  'keyboard',
  'views',
  'workspace',
  'accounts',
  'members',
  'teams',
  'labels',
  'replies',
  'audit',
] as const;
export type SectionId = (typeof SECTION_IDS)[number];

export const SECTIONS: readonly Section[] = [
  { id: 'profile', group: 'own', icon: User, need: null },
  { id: 'security', group: 'own', icon: ShieldCheck, need: null },
  { id: 'keyboard', group: 'own', icon: Keyboard, need: null },
  { id: 'views', group: 'own', icon: ListFilter, need: null },
  { id: 'workspace', group: 'desk', icon: SlidersHorizontal, need: 'staff' },
  { id: 'accounts', group: 'desk', icon: AtSign, need: 'staff' },
  { id: 'members', group: 'desk', icon: Users, need: 'staff' },
  { id: 'teams', group: 'desk', icon: UsersRound, need: 'staff' },
  { id: 'labels', group: 'desk', icon: Tag, need: 'arrange' },
  { id: 'replies', group: 'desk', icon: MessageSquareQuote, need: 'arrange' },
  { id: 'audit', group: 'desk', icon: History, need: 'audit' },
];

/** The sections that a role is offered. */
export const sectionsFor = (role: Schemas['Role']) => SECTIONS.filter(({ need }) => need === null || may(role, need));

/** What an address names: a section, one that the role does not include, or nothing that there is. */
export function sectionAt(id: string, role: Schemas['Role']): Section | 'not_allowed' | 'unknown' {
  const section = SECTIONS.find((one) => one.id === id);
  if (!section) return 'unknown';
  return section.need === null || may(role, section.need) ? section : 'not_allowed';
}
