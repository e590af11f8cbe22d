import { define } from './make.ts';

export const dates = [
  define({
    name: 'date',
    npm: 'dayjs',
    licence: 'MIT',
    category: 'dates',
    description: 'Parses, formats, adds and compares dates, in UTC (dayjs behind simple functions).',
    useCases: [
      'parse dates in given forms',
      'deadlines, ages and business days',
      'group by week, month or quarter',
      'series of dates',
    ],
    example: `const date = requireVendor('date');
const due = date.add(date.parse('31.01.2024', 'DD.MM.YYYY'), 1, 'month');
console.log(date.format(due, 'YYYY-MM-DD'), date.diff('2024-12-25', due, 'day'));
console.log(date.format('2024-02-29T12:30:00Z', 'dddd, D MMMM YYYY, HH:mm'), date.week('2024-12-30'));
console.log(date.format(date.addBusinessDays('2024-03-01', 1), 'ddd'), date.humanize(5400000));`,
    output: `2024-02-29 300
Thursday, 29 February 2024, 12:30 1
Mon 1h 30m
`,
    methods: {
      parse: [
        'parse(text, format?) -> Date',
        'A Date of an ISO text, or of a text of exactly that form; throws for what is no date.',
        "date.parse('2024-02-29') -> 2024-02-29T00:00:00.000Z",
      ],
      isValid: ['isValid(text, format?) -> boolean', 'Whether parse would take it.'],
      format: [
        'format(date, pattern?) -> string',
        'A text of a date: YYYY MM DD HH mm ss SSS, MMMM, dddd, Do, Q, WW, X.',
      ],
      add: ['add(date, amount, unit = "day") -> Date', 'Adds units, or several: add(d, { days: 1, hours: 2 }).'],
      subtract: ['subtract(date, amount, unit = "day") -> Date', 'The same backwards.'],
      diff: ['diff(a, b, unit = "day", exact = false) -> number', 'How many whole units a is later than b.'],
      startOf: ['startOf(date, unit) -> Date', 'The beginning of its day, week, isoWeek, month, quarter or year.'],
      endOf: ['endOf(date, unit) -> Date', 'The last millisecond of it.'],
      isBefore: ['isBefore(a, b) -> boolean', 'Also isAfter, isSame (with a unit) and isBetween(date, from, to).'],
      range: ['range(from, to, unit = "day", step = 1) -> Date[]', 'Every date from one to the other, both included.'],
      weekday: [
        'weekday(date) -> 1…7',
        'Monday is 1; also isWeekend, week (ISO), quarter, dayOfYear, daysInMonth, isLeapYear(year).',
      ],
      addBusinessDays: ['addBusinessDays(date, count) -> Date', 'Saturdays and Sundays do not count.'],
      relative: ['relative(date, to) -> string', '"in 3 days", "2 hours ago".'],
      humanize: ['humanize(milliseconds) -> string', '"1h 30m".'],
    },
  }),
];
