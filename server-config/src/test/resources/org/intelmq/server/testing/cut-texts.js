// Texts that cannot be read in full: what is cut off without a title that says it, and what something else covers.
const found = [];
const scrolls = (style) => /auto|scroll/.test(style.overflowX + style.overflowY);
const name = (element) => `${element.tagName.toLowerCase()}.${element.className}`;

/** Whether an element around this place cuts it off (cut), would show it when it is scrolled (away), or nothing of that. */
function clipped(element, box) {
  for (let each = element; each && each !== document.documentElement; each = each.parentElement) {
    const style = getComputedStyle(each);
    if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
    const inside = each.getBoundingClientRect();
    const isOut = box.right > inside.right + 1 || box.left < inside.left - 1 || box.bottom > inside.bottom + 2 || box.top < inside.top - 2;
    if (isOut) return scrolls(style) ? 'away' : 'cut';
  }
  return '';
}

/** Whether it belongs to what covers the page as a whole for the time being. */
function isInFrontOfAll(element) {
  for (let each = element; each; each = each.parentElement) {
    if (getComputedStyle(each).position === 'fixed') return each.clientWidth > 0.9 * innerWidth;
  }
  return false;
}

const ink = document.createElement('canvas').getContext('2d');
for (const field of document.querySelectorAll('input[placeholder]')) {
  const style = getComputedStyle(field);
  ink.font = style.font;
  const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  if (field.clientWidth > 0 && !field.value && ink.measureText(field.placeholder).width > room + 1) found.push(`cut: placeholder "${field.placeholder}"`);
}
const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const text = node.data.trim();
  const parent = node.parentElement;
  // what is in the graph is as large as somebody has chosen
  if (!text || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || parent.closest('.hidden-text, option, .layer, [aria-hidden="true"]')) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  const control = parent.closest('button, a.button, [role="tab"]')?.getBoundingClientRect();
  for (const box of range.getClientRects()) {
    const state = clipped(parent, box);
    if (state === 'away') break;
    if (state === 'cut') {
      if (!parent.closest('[title]')) found.push(`cut: "${text.slice(0, 60)}" in ${name(parent)}`);
      break;
    }
    if (control && (box.right > control.right + 1 || box.left < control.left - 1 || box.bottom > control.bottom + 2 || box.top < control.top - 2)) {
      found.push(`larger than its button: "${text.slice(0, 60)}"`);
      break;
    }
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
    const over = document.elementFromPoint(x, y);
    if (over && !parent.contains(over) && !over.contains(parent) && !isInFrontOfAll(over)) {
      found.push(`covered: "${text.slice(0, 60)}" in ${name(parent)} by ${name(over)}`);
      break;
    }
  }
}
return [...new Set(found)];
