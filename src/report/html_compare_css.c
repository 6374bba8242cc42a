/* html_compare_css: what the page of a comparison has beyond the style of all pages. A section begins a sheet. */
#include "report/html_compare.h"

const char html_compare_css[] = "\n"
".rank{list-style:none;margin:.6rem 0;padding:0}\n"
".rank li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,24rem);gap:.2rem 1.5rem;align-items:center;"
"padding:.6rem 0;border-top:1px solid var(--line)}\n"
".rank svg{display:block;width:100%;max-width:24rem;height:auto}\n"
".rank p{margin:.1rem 0}.place{font-size:1.05rem;font-weight:700}.place .name{font-weight:400}\n"
".zd{fill:var(--card)}.track{fill:none;stroke:var(--mute)}.full{fill:var(--mark)}svg .st{font-size:14px;font-weight:700}\n"
".matrix td{min-width:6.4rem}.matrix td.asks{min-width:6.5rem}.matrix td,.matrix th{padding:.3rem .35rem}\n"
".matrix th[scope=row]{min-width:9rem}.matrix .title{display:block;font-weight:400;color:var(--mute)}\n"
".by,.num{display:block;font-size:.85rem}.by{font-weight:600}\n"
".counts{display:flex;flex-wrap:wrap;gap:.4rem 1rem;margin:.2rem 0 .5rem}\n"
".demand .plots{grid-row:1/span 3}.demand td.why{width:99%}.demand th[scope=row]{min-width:7rem}.demand th.many{min-width:14rem}.rank a{display:inline-block;max-width:100%}td.day{white-space:nowrap}\n"
"@media(max-width:48rem){.demand th.many{min-width:7rem}.rank li{grid-template-columns:minmax(0,1fr)}.demand .plots{grid-row:auto}}\n"
"@media print{.sheet{break-before:page}.sheet>h2{border-top:0}.rank li{break-inside:avoid;padding:.25rem 0}.rank p{font-size:8.5pt}.rank .place{font-size:10pt}.demand{padding:.5rem 0}\n"
".demand th.many,.matrix td,.matrix td.asks,.matrix th[scope=row]{min-width:0}.matrix .v{white-space:normal;padding:0 .25rem;font-size:7pt}\n"
".by,.num{font-size:7.5pt}.num{white-space:normal}}\n";
