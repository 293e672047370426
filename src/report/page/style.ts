import { dark, light, type Palette } from '../palette.ts'

const variables = (palette: Palette): string =>
  (['page', 'surface', 'raised', 'ink', 'muted', 'line', 'accent', 'good', 'bad', 'warning'] as const)
    .map((name) => `--${name}:${palette[name]}`)
    .join(';')

/** The page's style sheet: one column on a phone, navigation at the side on a desk, light on paper. */
export const style = `
:root{${variables(light)};color-scheme:light}
@media screen{:root[data-theme=dark]{${variables(dark)};color-scheme:dark}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${variables(dark)};color-scheme:dark}}
:root:not([lang|=zh]) [lang|=zh]:not(.own),:root[lang|=zh] [lang=en]:not(.own){display:none}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;overflow-wrap:anywhere}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999rem;top:0;background:var(--surface);padding:.6rem 1rem;z-index:9}
.skip:focus{left:0}
header{background:var(--surface);border-bottom:1px solid var(--line)}
header>div{max-width:1360px;margin:0 auto;padding:1rem clamp(1rem,3vw,2rem);display:flex;flex-wrap:wrap;gap:.75rem 2rem;align-items:center;justify-content:space-between}
h1{font-size:1.45rem;line-height:1.25;margin:0}
header p{margin:.15rem 0 0;color:var(--muted);font-size:.9rem}
.switches{display:flex;flex-wrap:wrap;gap:.5rem 1rem}
.switch{display:inline-flex;border:1px solid var(--line);border-radius:8px;overflow:hidden}
.switch button{font:inherit;font-size:.9rem;border:0;background:none;color:var(--ink);padding:.35rem .75rem;min-height:2.4rem;cursor:pointer}
.switch button[aria-pressed=true]{background:var(--accent);color:var(--surface)}
.switch button:focus-visible{outline-offset:-4px;outline-color:currentColor}
.banner{background:color-mix(in srgb,var(--warning) 16%,var(--surface));border-bottom:2px solid var(--warning)}
.banner p{max-width:1360px;margin:0 auto;padding:.6rem clamp(1rem,3vw,2rem);font-weight:600}
.frame{max-width:1360px;margin:0 auto;padding:0 clamp(1rem,3vw,2rem) 3rem}
nav ul{list-style:none;margin:0;padding:.9rem 0;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem}
nav a{display:inline-block;padding:.25rem 0;text-decoration:none;font-weight:500}
nav a:hover{text-decoration:underline}
section{margin:0 0 2.75rem}
h2{font-size:1.35rem;margin:0 0 .35rem;padding-top:.6rem}
h3{font-size:1.1rem;margin:1.75rem 0 .6rem}
h4{font-size:1rem;margin:1.2rem 0 .3rem}
.lede{color:var(--muted);margin:0 0 1rem;max-width:75ch}
.findings{margin:0 0 1.25rem;padding:0;list-style:none;max-width:80ch;font-size:1.08rem}
.findings li{padding:.3rem 0 .3rem 1rem;border-left:3px solid var(--accent);margin:.4rem 0}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(46%,10.5rem),1fr));gap:.8rem;margin:0;padding:0}
.figures>div{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:.85rem 1rem}
.figures dt{color:var(--muted);font-size:.9rem}
.figures dd{margin:0}
.figures .value{font-size:1.75rem;font-weight:650;line-height:1.25;font-variant-numeric:tabular-nums}
.figures .from{color:var(--muted);font-size:.8rem}
.pair{display:grid;grid-template-columns:minmax(0,1fr);gap:1rem;align-items:start;margin-bottom:1rem}
figure,.card{background:var(--surface);border:1px solid var(--line);border-radius:10px;margin:0 0 1rem;padding:1rem clamp(.75rem,2vw,1.25rem);min-width:0}
.pair figure{margin:0}
details.card{padding-block:.55rem}
details.card>summary{padding:.15rem 0}
figcaption{margin:0 0 .5rem}
figcaption strong{display:block;font-weight:650;line-height:1.4}
figcaption span.what,.note{color:var(--muted);font-size:.87rem}
.note{margin:.5rem 0 0}
.chart{width:100%;overflow:hidden}
.chart svg{display:block}
.empty{background:var(--surface);border:1px dashed var(--muted);border-radius:10px;padding:1rem 1.25rem;color:var(--muted);margin:0 0 1rem;max-width:75ch}
code{font:.88em/1.4 ui-monospace,SFMono-Regular,Consolas,monospace;background:var(--raised);padding:.05em .35em;border-radius:4px}
details{margin-top:.6rem}
td code,th code{white-space:nowrap}
summary{cursor:pointer;color:var(--accent);font-size:.92rem;padding:.3rem 0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{text-align:start;color:var(--muted);font-size:.87rem;padding:.25rem 0 .5rem}
th,td{padding:.42rem .6rem;text-align:start;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{color:var(--muted);font-weight:600;white-space:nowrap;border-bottom-width:2px}
tbody th{font-weight:500;min-width:9rem;max-width:26rem}
tfoot td,tfoot th{font-weight:650;border-bottom:0}
td{min-width:5.5rem}
.number{text-align:end;white-space:nowrap;min-width:0}
.text{white-space:nowrap}
.why{min-width:15rem}
.part{white-space:nowrap}
ul.files{margin:0;padding-inline-start:1.2rem}
.list{padding-block:.4rem}
.list details{margin:0;border-bottom:1px solid var(--line);padding:.15rem 0}
.list details:last-child{border:0}
.good{color:var(--good)}.bad{color:var(--bad)}.warning{color:var(--warning)}
.terms{margin:0}
.terms dt{font-weight:650;margin-top:1rem}
.terms dd{margin:.15rem 0 0;max-width:80ch}
.formula{color:var(--muted);font-size:.9rem}
:target{outline:2px solid var(--accent);outline-offset:4px;border-radius:4px}
section:target{outline:0}
footer{color:var(--muted);font-size:.87rem;border-top:1px solid var(--line);padding-top:1rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (min-width:900px){.pair{grid-template-columns:repeat(2,minmax(0,1fr))}.pair>:last-child:nth-child(odd){grid-column:1/-1}}
@media (min-width:1200px){
 .frame{display:grid;grid-template-columns:11rem minmax(0,1fr);gap:2.5rem;padding-top:1rem}
 nav ul{position:sticky;top:1rem;flex-direction:column;gap:.15rem}
}
@media print{
 @page{margin:14mm}
 body{background:#fff;font-size:10.5pt}
 header,figure,.card,.figures>div{border-color:#bbb}
 .switches,nav,.skip,summary{display:none}
 .frame,.pair{display:block;max-width:none;padding:0}
 .pair figure{margin-bottom:1rem}
 section{margin-bottom:1.5rem}
 h2,h3,h4,.lede,figcaption{break-after:avoid}
 figure:not(:has([open])),.chart,tr,figcaption,.figures>div{break-inside:avoid}
 .figures{grid-template-columns:repeat(auto-fit,minmax(6.2rem,1fr))}
 .figures .value{font-size:1.3rem}
 .chart{height:auto!important}
 .chart>div,.chart svg{max-width:100%}
 .scroll{overflow:visible}
 table{font-size:8.5pt}
 thead{display:table-header-group}
 th,td{padding:.2rem .3rem}
 thead th,thead th.number{white-space:normal;overflow-wrap:normal}
 tbody th{min-width:8rem}
 tfoot{display:table-row-group}
 details:not([open]){display:none}
 .list details{display:block}
 .list summary{display:block;color:inherit}
 .why{min-width:0}
 td{min-width:4.2rem}
}
`
