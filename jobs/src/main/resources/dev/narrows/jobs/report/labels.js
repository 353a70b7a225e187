/* Labels of marks in a chart: each stands where it covers no mark of the front and no other label, or is left out. */

const LABEL_SIZE = 11;
const LABEL_LINE = 14;
const LABEL_LINES = 3;
/* Distances of a label from its mark, in pixels; from the second on, a line joins the two. */
const LABEL_GAPS = [5, 20, 38];
const MOST_LABELS = 60;

/** Lines of at most so many characters, broken between words; a text that needs more lines ends in an ellipsis. */
function labelLines(text, most) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== '' && line.length + word.length >= most) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    }
  }
  return lines.length > LABEL_LINES ? [...lines.slice(0, LABEL_LINES - 1), `${lines[LABEL_LINES - 1]} …`] : lines;
}

function labelFont() {
  return `${LABEL_SIZE}px ${getComputedStyle(document.body).fontFamily}`;
}

const labelCanvas = document.createElement('canvas').getContext('2d');

function labelBox(lines) {
  labelCanvas.font = labelFont();
  return {
    width: Math.ceil(Math.max(...lines.map(line => labelCanvas.measureText(line).width))) + 6,
    height: lines.length * LABEL_LINE + 2,
  };
}

/** Boxes about a mark that a label may take, the nearest first. */
function labelPlaces({ x, y, radius, width, height }) {
  return LABEL_GAPS.flatMap((gap, far) => {
    const off = radius + gap;
    const slant = off * 0.7;
    return [
      [x + off, y - height / 2], [x - off - width, y - height / 2], [x - width / 2, y - off - height], [x - width / 2, y + off],
      [x + slant, y - slant - height], [x - slant - width, y - slant - height], [x + slant, y + slant], [x - slant - width, y + slant],
    ].map(([left, top]) => ({ left, top, right: left + width, bottom: top + height, far: far > 0 }));
  });
}

function boxesMeet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/**
 * A box for each label in turn, so that the first get the best places; undefined where none is free.
 *
 * @param labels { x, y, radius, width, height, first }, the most important first
 * @param marks { x, y, radius, front }: no label covers a mark of the front, and only a first one may cover others
 * @param room that holds every box
 */
function placeLabels(labels, marks, room) {
  const boxOf = ({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  const front = marks.filter(mark => mark.front).map(boxOf);
  const rest = marks.filter(mark => !mark.front).map(boxOf);
  const taken = [];
  return labels.map(label => {
    const free = labelPlaces(label).filter(box => box.left >= room.left && box.right <= room.right && box.top >= room.top
      && box.bottom <= room.bottom && ![...taken, ...front].some(other => boxesMeet(box, other)));
    const chosen = free.find(box => !rest.some(other => boxesMeet(box, other))) ?? (label.first ? free.find(box => !box.far) : undefined);
    if (chosen) {
      taken.push(chosen);
    }
    return chosen;
  });
}

/**
 * A series that draws labels once the chart knows where its marks are.
 *
 * @param marks { value, radius, front, text, first }: those with a text have a label, the most important first
 */
function labelSeries(marks) {
  const wanted = marks.filter(mark => mark.text !== undefined).slice(0, MOST_LABELS);
  return {
    id: 'labels',
    type: 'custom',
    silent: true,
    clip: false,
    z: 3.5,
    data: wanted.length === 0 ? [] : [wanted[0].value],
    renderItem: (parameters, api) => {
      const place = mark => {
        const [x, y] = api.coord(mark.value);
        return { ...mark, x, y };
      };
      const { x: left, y: top, width, height } = parameters.coordSys;
      const characters = width < 420 ? 22 : 30;
      const labels = wanted.map(mark => {
        const lines = labelLines(mark.text, characters);
        return { ...place(mark), lines, ...labelBox(lines) };
      });
      const boxes = placeLabels(labels, marks.map(place), { left, top: top - 12, right: left + width + 16, bottom: top + height });
      const children = labels.flatMap((label, i) => {
        const box = boxes[i];
        if (!box) {
          return [];
        }
        const text = {
          type: 'text',
          x: box.left + 3,
          y: box.top + 1,
          style: { text: label.lines.join('\n'), fill: token('soft'), font: labelFont(), lineHeight: LABEL_LINE, backgroundColor: sheer(token('paper'), 0.8), padding: [0, 2] },
        };
        const end = [Math.min(Math.max(label.x, box.left), box.right), Math.min(Math.max(label.y, box.top), box.bottom)];
        const line = { type: 'line', shape: { x1: label.x, y1: label.y, x2: end[0], y2: end[1] }, style: { stroke: token('soft'), lineWidth: 0.75 } };
        return box.far ? [line, text] : [text];
      });
      return { type: 'group', children };
    },
  };
}
