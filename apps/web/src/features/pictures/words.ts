export const aboutThePlot = (title: string, format: string, format2: string) =>
  `${title} by day, from ${format} to ${format2}. The table has the same.`
export const asATable = 'As a table'
export const day = 'Day'
export const nothing = 'nothing'
export const nothingInTheseDays = 'Nothing in these days.'
export const others = 'Others'
export const saveAs = (type: string) => `Save as ${type}`
