# Shapes, groups, gradients, paths, text, transforms and animation, as text that an XML parser reads.
import xml.etree.ElementTree as ET
import drawsvg as draw

d = draw.Drawing(200, 100, origin="center")
gradient = draw.LinearGradient(-50, 0, 50, 0)
gradient.add_stop(0, "red")
gradient.add_stop(1, "blue", 0.5)
d.append(draw.Rectangle(-80, -40, 160, 80, fill=gradient, rx=5))
group = draw.Group(transform="rotate(30)", opacity=0.5)
group.append(draw.Circle(0, 0, 20, stroke="black", stroke_width=2))
group.append(draw.Line(0, 0, 30, 30))
d.append(group)
path = draw.Path(stroke="green", fill="none")
path.M(-10, -20).C(30, 10, 30, -50, 70, -20).Z()
d.append(path)
d.append(draw.Text("a < b & é", 12, path=path))
d.append(draw.Lines(0, 0, 5, 5, 10, 0, close=True))
marker = draw.Marker(-0.1, -0.5, 0.9, 0.5, scale=4)
marker.append(draw.Lines(-0.1, 0.5, -0.1, -0.5, 0.9, 0, close=True))
d.append(draw.Line(0, 0, 9, 9, marker_end=marker))
circle = draw.Circle(0, 0, 5)
circle.append_anim(draw.Animate("r", "2s", "5;10;5", repeatCount="indefinite"))
d.append(circle)
d.save_svg("d.svg")
root = ET.parse("d.svg").getroot()
names = [e.tag.split("}")[1] for e in root.iter()]
print(root.get("viewBox"), sorted(set(names)), "".join(root.itertext()).strip(), d.as_svg().count("url(#"))

#> -100.0 -50.0 200 100 ['animate', 'circle', 'defs', 'g', 'linearGradient', 'marker', 'path', 'rect', 'stop', 'svg', 'text', 'textPath', 'tspan', 'use'] a < b & é 2
