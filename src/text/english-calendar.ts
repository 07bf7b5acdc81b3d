/** Names as addresses and front matter write them. */
export const fullMonthNames =
  'January February March April May June July August September October November December'.split(' ')

/** Sunday first. */
export const weekdayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
