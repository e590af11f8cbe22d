import * as echarts from 'echarts';
import type { Comparison } from './cpu.ts';

/** The comparison as a picture: a bar for each program and subject, logarithmic. */
export function plot({ language, subjects }: Comparison): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 1000, height: 420 });
  chart.setOption({
    animation: false,
    backgroundColor: '#fff',
    title: { text: `${language}: milliseconds, less is better`, left: 'center', textStyle: { fontSize: 15 } },
    legend: { top: 28 },
    grid: { left: 60, right: 20, top: 80, bottom: 40 },
    xAxis: { type: 'category', data: Object.keys(subjects[0]?.milliseconds ?? {}) },
    yAxis: { type: 'log', name: 'ms' },
    series: subjects.map(({ name, milliseconds }) => ({
      type: 'bar',
      name,
      data: Object.keys(subjects[0]?.milliseconds ?? {}).map((program) => milliseconds[program] ?? null),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
