import { dayOf } from '../model/rows';
import { locale, words } from './index';

// Made once: constructing a format costs more than using it ten thousand times.
const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' });
const shortWeekday = new Intl.DateTimeFormat(locale, { weekday: 'short' });
const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
const shortDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const dateAndTime = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });

const DAY_MILLIS = 86_400_000;

export const timeOf = (millis: number): string => time.format(millis);
export const dateOf = (millis: number): string => date.format(millis);
export const dateAndTimeOf = (millis: number): string => dateAndTime.format(millis);

/** Today, Yesterday, a weekday of the last week, or a date. */
export function dayName(millis: number, now: number = Date.now()): string {
  if (dayOf(millis) === dayOf(now)) return words.conversation.today;
  if (dayOf(millis) === dayOf(now - DAY_MILLIS)) return words.conversation.yesterday;
  return millis < now && now - millis < 6 * DAY_MILLIS ? weekday.format(millis) : date.format(millis);
}

/** A time today, else a day: as short as a list needs. */
export function shortTimeOf(millis: number, now: number = Date.now()): string {
  if (dayOf(millis) === dayOf(now)) return time.format(millis);
  return millis < now && now - millis < 6 * DAY_MILLIS ? shortWeekday.format(millis) : shortDate.format(millis);
}

const UNITS = [
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length of time in the largest unit that holds it in whole numbers: “4 weeks”, or short “4w”. */
export function durationOf(seconds: number, unitDisplay: 'long' | 'narrow' = 'long'): string {
  const [unit, size] = UNITS.find(([, each]) => seconds % each === 0) ?? UNITS[4];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(seconds / size);
}
