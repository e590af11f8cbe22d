import { type Draft, lines } from './draft.ts';

export const pictures: readonly Draft[] = [
  {
    name: 'pygal',
    licence: 'LGPL-3.0-or-later',
    description: 'Charts as SVG: lines, bars, pies, radar, maps of values.',
    importPattern: 'import pygal',
    importNames: ['pygal'],
    useCases: ['charts for a report', 'SVG for a web page'],
    example: lines(
      'import pygal',
      'chart = pygal.Bar(title="Sales"); chart.x_labels = ["Q1", "Q2"]; chart.add("2026", [3, 5])',
      'svg = chart.render().decode()',
      'write_text("sales.svg", svg); print(svg.count("<rect") > 2, "Sales" in svg)',
    ),
    output: lines('True True'),
  },
  {
    name: 'drawsvg',
    licence: 'MIT',
    description: 'Draws SVG pictures: shapes, text, paths, gradients, animation.',
    importPattern: 'import drawsvg',
    importNames: ['drawsvg'],
    useCases: ['diagrams', 'icons', 'pictures computed from data'],
    example: lines(
      'import drawsvg',
      'picture = drawsvg.Drawing(100, 50)',
      'picture.append(drawsvg.Circle(25, 25, 20, fill="teal")); picture.append(drawsvg.Text("hi", 12, 60, 30))',
      'picture.save_svg("p.svg"); print("<circle" in read_text("p.svg"))',
    ),
    output: lines('True'),
  },
  {
    name: 'plotext',
    licence: 'MIT',
    description: 'Plots with characters, for output that is text.',
    importPattern: 'import plotext as plt',
    importNames: ['plotext'],
    useCases: ['a quick look at data', 'histograms in a log'],
    example: lines(
      'import plotext as plt',
      'plt.plot([1, 4, 9, 16], marker="x"); plt.plotsize(30, 8); plt.theme("clear")',
      'print(plt.uncolorize(plt.build()).count("x") > 3)',
    ),
    output: lines('True'),
  },
  {
    name: 'segno',
    licence: 'BSD-3-Clause',
    description: 'QR codes and Micro QR codes, as SVG, PNG, PDF or text.',
    importPattern: 'import segno',
    importNames: ['segno'],
    useCases: ['QR code of a link', 'QR code of a contact'],
    example: lines(
      'import segno',
      'code = segno.make("https://example.com", error="m")',
      'code.save("code.png", scale=4); code.save("code.svg")',
      'print(code.designator, open("code.png", "rb").read(4))',
    ),
    output: lines("2-Q b'\\x89PNG'"),
  },
];
