"""Draws what a command printed as an SVG picture of a terminal, in the viewer's light or dark scheme.

    bin/narrows run conf/studies/quickstart.conf | python3 docs/pictures/terminal.py 'bin/narrows run conf/studies/quickstart.conf' > docs/pictures/terminal.svg
"""

import html
import sys
import textwrap

LINE = 20
CHARACTER = 8.05
MOST_COLUMNS = 118
MOST_LINES = 30


def main():
    command = sys.argv[1]
    printed = [line.rstrip("\n") for line in sys.stdin]
    lines = ["$ " + command]
    for line in printed[:MOST_LINES]:
        lines += [line] if len(line) <= MOST_COLUMNS else textwrap.wrap(line, MOST_COLUMNS)
    width = int(CHARACTER * max(len(line) for line in lines)) + 40
    height = LINE * len(lines) + 36
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">')
    print(f"<title>Output of {html.escape(command)}</title>")
    print("""<style>
rect { fill: #ffffff; stroke: #cdd3da }
text { font: 13.4px ui-monospace, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; fill: #1a1d21; white-space: pre }
.command { fill: #0a5aa8 }
.front { font-weight: 600 }
@media (prefers-color-scheme: dark) {
  rect { fill: #171b1f; stroke: #3a424b }
  text { fill: #e7eaed }
  .command { fill: #79b8ff }
}
</style>""")
    print(f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>')
    for number, line in enumerate(lines):
        kind = "command" if number == 0 else "front" if line.lstrip().startswith("★ ") and "%" in line else ""
        print(f'<text x="20" y="{34 + LINE * number}" xml:space="preserve" class="{kind}">{html.escape(line)}</text>')
    print("</svg>")


main()
