/** How a store is named on the command line. */
export const objectPlaceForm =
  'dir:PATH, s3://BUCKET/PREFIX (?endpoint=URL&region=NAME behind it), or r2://ACCOUNT/BUCKET/PREFIX'
