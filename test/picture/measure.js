// measure.js: what a reader would see wrong in this page
//
// scripts/browsercheck runs it as the body of a function in the open page, which is HTML
// or one picture; its argument is a font to put in place of those of the pictures, or
// null. It returns {problems: [{kind, text}], svgs, texts, smallest, styles}: texts that
// lie on another one, are cut off, covered, small or hard to read; pictures that are not drawn,
// too wide or without a name; a page that scrolls sideways. Lengths are pixels of the
// screen.
const CONTRAST = 4.5;     // at least, of text against what is behind it
const LEAST_SIZE = 9;       // of letters
const TOLERANCE = 0.3;    // pixels that texts may overlap or stick out
const THICK = 3;          // a line of so many pixels counts as a surface
const SHAPES = 'rect, path, circle, ellipse, polygon, polyline, line';
const UNSEEN = 'defs, pattern, clipPath, mask, marker, symbol';

const problems = [];
const report = (kind, text) => problems.push({kind, text});
const round = x => Math.round(x * 10) / 10;
const shown = text => JSON.stringify(text.length > 60 ? text.slice(0, 57) + '...' : text);
const width = document.body ? document.documentElement.clientWidth : window.innerWidth;

// ---------- colors: [red, green, blue, alpha], each from 0 to 1 ----------

function color(text) {
  const n = (text.match(/^rgba?\((.*)\)$/) || [])[1];
  if (n === undefined)
    throw new Error('unknown form of a color: ' + text);
  const [r, g, b, a] = n.split(/[,\/ ]+/).map(Number);
  return [r / 255, g / 255, b / 255, a === undefined ? 1 : a];
}

const over = (top, below) => top.slice(0, 3).map((x, i) => x * top[3] + below[i] * (1 - top[3])).concat(1);
const faded = (c, opacity) => [c[0], c[1], c[2], c[3] * opacity];

// as WCAG 2 defines it
function brightness(c) {
  const [r, g, b] = c.map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const x = brightness(a), y = brightness(b);
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const hex = c => '#' + c.slice(0, 3).map(x => Math.round(x * 255).toString(16).padStart(2, '0')).join('');

// The opacity of an element in its picture
function opacity(element) {
  let product = 1;
  for (let e = element; e instanceof Element; e = e.parentElement)
    product *= Number(getComputedStyle(e).opacity);
  return product;
}

// What is behind an element of HTML
function page_behind(element) {
  const above = [];
  for (let e = element; e instanceof Element; e = e.parentElement)
    above.unshift(color(getComputedStyle(e).backgroundColor));
  return above.reduce((below, c) => over(c, below), canvas_color());
}

// The paper of the browser itself
function canvas_color() {
  const style = getComputedStyle(document.documentElement);
  const is_dark = /dark/.test(style.colorScheme) && matchMedia('(prefers-color-scheme: dark)').matches;
  return is_dark ? [0x12 / 255, 0x12 / 255, 0x12 / 255, 1] : [1, 1, 1, 1];
}

// ---------- places ----------

const bounds = corners => ({
  left: Math.min(...corners.map(p => p.x)), right: Math.max(...corners.map(p => p.x)),
  top: Math.min(...corners.map(p => p.y)), bottom: Math.max(...corners.map(p => p.y))});

const quad = (matrix, left, top, right, bottom) =>
  [[left, top], [right, top], [right, bottom], [left, bottom]].map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));

const place = box => `${round(box.right - box.left)}x${round(box.bottom - box.top)} at ${round(box.left)},${round(box.top)}`;

// By how many pixels two convex figures overlap: the least over the directions of
// their edges; negative: they are apart
function overlap(a, b) {
  let least = Infinity;
  for (const figure of [a, b]) {
    for (let i = 0; i < figure.length; i++) {
      const p = figure[i], q = figure[(i + 1) % figure.length];
      const length = Math.hypot(q.x - p.x, q.y - p.y);
      if (length === 0)
        continue;
      const along = r => ((q.y - p.y) * r.x - (q.x - p.x) * r.y) / length;
      const [x, y] = [a.map(along), b.map(along)];
      least = Math.min(least, Math.max(...x) - Math.min(...y), Math.max(...y) - Math.min(...x));
    }
  }
  return least;
}

// ---------- what is in the page ----------

const is_seen = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true});

// The font of a text measures its ink, which is less high than its line
const ruler = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas').getContext('2d');

function ink(element, text) {
  const s = getComputedStyle(element);
  ruler.font = `${s.fontStyle} ${s.fontWeight} ${s.fontSize} ${s.fontFamily}`;
  return ruler.measureText(text);
}

function text_of_picture(element, picture, order) {
  const text = element.textContent.trim();
  const matrix = element.getScreenCTM();
  const box = element.getBBox();
  const {y} = element.getStartPositionOfChar(0);
  const {actualBoundingBoxAscent: up, actualBoundingBoxDescent: down} = ink(element, text);
  const corners = quad(matrix, box.x, y - up, box.x + box.width, y + down);
  const size = parseFloat(getComputedStyle(element).fontSize) * Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
  return {element, picture, order, text, size, corners, box: bounds(corners),
    inner: {matrix, left: box.x, top: y - up, right: box.x + box.width, bottom: y + down}};
}

function shape_of_picture(element, order) {
  const s = getComputedStyle(element);
  const matrix = element.getScreenCTM();
  const scale = Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
  const box = element.getBoundingClientRect();
  const all = opacity(element);
  const line = s.stroke === 'none' ? 0 : parseFloat(s.strokeWidth) * scale;
  const surfaces = [];

  // a hatch leaves the color below it
  if (s.fill.startsWith('rgb'))
    surfaces.push({inside: p => element.isPointInFill(p), color: faded(color(s.fill), Number(s.fillOpacity) * all)});
  if (line >= THICK && s.stroke.startsWith('rgb'))
    surfaces.push({inside: p => element.isPointInStroke(p), color: faded(color(s.stroke), Number(s.strokeOpacity) * all)});
  return {order, surfaces, inverse: matrix.inverse(),
    box: {left: box.left - line, right: box.right + line, top: box.top - line, bottom: box.bottom + line}};
}

function read_picture(svg, i) {
  const title = svg.querySelector(':scope > title');
  const picture = {svg, name: title ? title.textContent : 'picture ' + (i + 1), texts: [], shapes: [],
    box: svg.getBoundingClientRect(), paper: page_behind(svg)};

  [...svg.querySelectorAll('*')].forEach((e, order) => {
    if (e.closest(UNSEEN) || !is_seen(e))
      return;
    if (e.matches(SHAPES))
      picture.shapes.push(shape_of_picture(e, order));
    else if (e.matches('text, tspan') && !e.firstElementChild && e.textContent.trim() !== '')
      picture.texts.push(text_of_picture(e, picture, order));
  });
  return picture;
}

function texts_of_page() {
  const texts = [];
  if (!document.body)
    return texts;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === '' || element.closest('svg, script, style, noscript, template') || !is_seen(element))
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects()) {
      if (r.width === 0)
        continue;
      const trim = r.height * 0.18; // above capitals and below most letters
      const corners = [[r.left, r.top + trim], [r.right, r.top + trim], [r.right, r.bottom - trim], [r.left, r.bottom - trim]]
        .map(([x, y]) => new DOMPoint(x, y));
      texts.push({element, picture: null, text: node.data.trim(), size: parseFloat(getComputedStyle(element).fontSize),
        corners, box: bounds(corners)});
    }
  }
  return texts;
}

// ---------- what is checked ----------

function check_pictures(pictures) {
  for (const {svg, box, name} of pictures) {
    if (!(box.width > 0 && box.height > 0))
      report('drawn', `${name} has no size`);
    if (box.left < -TOLERANCE || box.right > width + TOLERANCE)
      report('inside', `${name} is ${place(box)} in a page ${width} wide`);
    const words = e => e && e.textContent.trim() !== '';
    if (svg.getAttribute('role') !== 'img' || !words(svg.querySelector(':scope > title')) || !words(svg.querySelector(':scope > desc')))
      report('name', `${name} lacks role="img", a title or a description`);
  }
}

function check_overlaps(texts) {
  const rest = [...texts].sort((a, b) => a.box.top - b.box.top);
  rest.forEach((a, i) => {
    for (let j = i + 1; j < rest.length && rest[j].box.top < a.box.bottom; j++) {
      const b = rest[j];
      if (a.box.right <= b.box.left || b.box.right <= a.box.left || overlap(a.corners, b.corners) <= TOLERANCE)
        continue;
      report('overlap', `${[a, b].map(t => `${shown(t.text)} (${place(t.box)})`).sort().join(' and ')}${where(a)}`);
    }
  });
}

const where = t => t.picture ? ` in ${t.picture.name}` : '';

// What cuts off a text: its picture, the page, or an element that hides what sticks out
function frames(text) {
  const found = [{left: 0, right: width, top: -Infinity, bottom: Infinity}];
  if (text.picture)
    found.push(text.picture.box);
  for (let e = text.picture ? text.picture.svg.parentElement : text.element; e && e !== document.documentElement; e = e.parentElement) {
    const s = getComputedStyle(e);
    // one can scroll to what sticks out of it
    if (/auto|scroll/.test(s.overflowX + s.overflowY))
      return text.picture ? found : [];
    if (/hidden|clip/.test(s.overflowX + s.overflowY))
      found.push(e.getBoundingClientRect());
  }
  return found;
}

function check_clipped(texts) {
  for (const t of texts) {
    for (const f of frames(t)) {
      const beyond = Math.max(f.left - t.box.left, t.box.right - f.right, f.top - t.box.top, t.box.bottom - f.bottom);
      if (beyond <= TOLERANCE)
        continue;
      report('clipped', `${shown(t.text)} (${place(t.box)}) is cut off by ${round(beyond)}${where(t)}`);
      break;
    }
  }
}

// Points that the ink of a text may touch
function points(text) {
  const {matrix, left, top, right, bottom} = text.inner;
  const found = [];
  for (const v of [0.15, 0.5, 0.85]) {
    for (let u = 0.04; u < 1; u += 0.115)
      found.push(new DOMPoint(left + u * (right - left), top + v * (bottom - top)).matrixTransform(matrix));
  }
  return found;
}

function surfaces_at(point, shapes) {
  const found = [];
  for (const s of shapes) {
    if (point.x < s.box.left || point.x > s.box.right || point.y < s.box.top || point.y > s.box.bottom)
      continue;
    const inner = point.matrixTransform(s.inverse);
    found.push(...s.surfaces.filter(f => f.inside(inner)));
  }
  return found;
}

function check_text_of_picture(text) {
  const s = getComputedStyle(text.element);
  const halo = s.stroke.startsWith('rgb') && s.paintOrder.startsWith('stroke') && parseFloat(s.strokeWidth) >= 2;
  const ink_color = faded(color(s.fill), Number(s.fillOpacity) * opacity(text.element));
  const near = text.picture.shapes.filter(({box}) => box.left <= text.box.right && box.right >= text.box.left &&
    box.top <= text.box.bottom && box.bottom >= text.box.top);
  const below = near.filter(shape => shape.order < text.order), above = near.filter(shape => shape.order > text.order);
  let least = Infinity, worst;

  for (const p of points(text)) {
    let behind = surfaces_at(p, below).reduce((c, f) => over(f.color, c), text.picture.paper);
    if (halo)
      behind = over(faded(color(s.stroke), Number(s.strokeOpacity)), behind);
    const now = contrast(over(ink_color, behind), behind);
    if (now < least)
      [least, worst] = [now, behind];
  }
  if (least < CONTRAST)
    report('contrast', `${shown(text.text)} (${place(text.box)}) has ${least.toFixed(2)}: ${hex(ink_color)} on ${hex(worst)}${where(text)}`);
  if (points(text).some(p => surfaces_at(p, above).some(f => f.color[3] > 0.1)))
    report('covered', `${shown(text.text)} (${place(text.box)})${where(text)}`);
}

function check_text_of_page(text) {
  const behind = page_behind(text.element);
  const front = faded(color(getComputedStyle(text.element).color), opacity(text.element));
  const c = contrast(over(front, behind), behind);
  if (c < CONTRAST)
    report('contrast', `${shown(text.text)} has ${c.toFixed(2)}: ${hex(front)} on ${hex(behind)}`);
}

function check_size(text) {
  if (text.size < LEAST_SIZE)
    report('small', `${shown(text.text)} has letters of ${round(text.size)}${where(text)}`);
}

function check_scroll() {
  const {scrollWidth} = document.scrollingElement || document.documentElement;
  if (document.body && scrollWidth > width)
    report('scroll', `the page is ${scrollWidth} wide, the window ${width}`);
}

// How the elements of a picture look, each way once, to compare it with the picture alone
function looks({svg}) {
  const marks = [...svg.querySelectorAll('text, tspan, ' + SHAPES)].map(e => {
    const s = getComputedStyle(e);
    const own = [s.fill, s.fillOpacity, s.stroke, s.strokeWidth, s.strokeOpacity, s.strokeDasharray, s.opacity];
    if (e.matches('text, tspan'))
      own.push(s.fontSize, s.fontFamily, s.fontWeight, s.fontStyle, s.textAnchor, s.letterSpacing, s.wordSpacing,
        s.whiteSpace, s.direction);
    return `${e.tagName} ${e.getAttribute('class') || ''}: ${own.join(' ')}`;
  });
  return {name: (svg.querySelector(':scope > title') || {}).textContent || '', marks: [...new Set(marks)].sort()};
}

function use_font(font) {
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = `svg, svg * { font-family: "${font}" !important }`;
  document.querySelector('svg').append(style);
}

if (arguments[0])
  use_font(arguments[0]);
const folded = [...document.querySelectorAll('details:not([open])')];
for (const fold of folded)
  fold.open = true;
const pictures = [...document.querySelectorAll('svg')].filter(svg => !svg.parentElement || !svg.parentElement.closest('svg'))
  .map(read_picture);
const of_pictures = pictures.flatMap(picture => picture.texts);
const texts = of_pictures.concat(texts_of_page());
check_pictures(pictures);
check_overlaps(texts);
check_clipped(texts);
for (const text of texts) {
  text.picture ? check_text_of_picture(text) : check_text_of_page(text);
  check_size(text);
}
check_scroll();
for (const fold of folded)
  fold.open = false;
const smallest = of_pictures.reduce((a, b) => a && a.size <= b.size ? a : b, null);
return {problems, svgs: pictures.length, texts: texts.length, styles: pictures.map(looks),
  smallest: smallest && {size: round(smallest.size), text: smallest.text, picture: smallest.picture.name}};
