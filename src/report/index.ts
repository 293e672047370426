export { renderReport } from './render-report.ts'
export type {
  AudienceData,
  BoxOfficeData,
  Breakdown,
  DailyMinutes,
  HotList,
  HotRow,
  KeyFigure,
  Period,
  PublishedList,
  QualityData,
  ReachRow,
  ReportData,
  RetentionCurve,
  SourceData,
} from './report-data.ts'
