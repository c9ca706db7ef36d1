export { addDays, DAY_MS, dayOf, dayStart, nextDay, timeOf } from './county-day.ts'
export { nationalCalendar, type WorkCalendar } from './working-days.ts'
