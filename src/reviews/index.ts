export { sentimentTitles } from './sentiment/titles.ts'
